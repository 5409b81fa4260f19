using System.Numerics;
using System.Runtime.InteropServices;

namespace MaoTrade.Protocol.Framing;

/// <summary>
/// The member names of the objects that are open, to find duplicates. Small objects are compared name by name; from
/// <see cref="HashFrom"/> names on a keyed hash keeps a hostile object linear. Buffers are kept between texts, so a
/// steady stream allocates nothing. One instance per connection, not thread-safe.
/// </summary>
internal sealed class JsonNames
{
    private const int HashFrom = 12;
    private const int KeepEntries = 1024;

    private readonly int[] _starts = new int[Wire.MaxDepth + 2];
    private Entry[] _entries = new Entry[32];
    private int[] _buckets = [];
    private byte[] _unescaped = [];
    private int _unescapedLength;
    private int _count;
    private int _depth;
    private uint _hashed;

    /// <summary>Begins a text.</summary>
    public void Reset()
    {
        if (_entries.Length > KeepEntries)
        {
            _entries = new Entry[32];
            _buckets = [];
            _unescaped = [];
        }
        else if (_hashed != 0)
        {
            Array.Clear(_buckets);
        }

        _unescapedLength = 0;
        _count = 0;
        _depth = -1;
        _hashed = 0;
    }

    /// <summary>An object opens.</summary>
    public void Open()
    {
        _depth++;
        _starts[_depth] = _count;
    }

    /// <summary>The innermost object closes: its names are forgotten, last in first out.</summary>
    public void Close()
    {
        var start = _starts[_depth];
        if ((_hashed & (1u << _depth)) != 0)
        {
            for (var i = _count - 1; i >= start; i--)
            {
                _buckets[_entries[i].Hash & (_buckets.Length - 1)] = _entries[i].Next;
            }

            _hashed &= ~(1u << _depth);
        }

        _count = start;
        _depth--;
    }

    /// <summary>Adds a name to the innermost object; false when the object has it already.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="offset">Where the name's content begins in <paramref name="json"/>.</param>
    /// <param name="length">Its raw length, bytes.</param>
    public bool Add(ReadOnlySpan<byte> json, int offset, int length)
    {
        var name = json.Slice(offset, length);
        var start = _starts[_depth];
        var size = _count - start;
        if (size >= HashFrom)
        {
            return AddHashed(json, name, new Entry { Offset = offset, Length = length }, start);
        }

        for (var i = start; i < _count; i++)
        {
            if (NameOf(json, in _entries[i]).SequenceEqual(name))
            {
                return false;
            }
        }

        Append(new Entry { Offset = offset, Length = length });
        return true;
    }

    /// <summary>Adds a name that has escapes, by its unescaped bytes.</summary>
    public bool AddUnescaped(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        if (_unescapedLength + name.Length > _unescaped.Length)
        {
            Array.Resize(ref _unescaped, Math.Max(256, (_unescapedLength + name.Length) * 2));
        }

        name.CopyTo(_unescaped.AsSpan(_unescapedLength));
        var entry = new Entry { Offset = ~_unescapedLength, Length = name.Length };
        _unescapedLength += name.Length;
        var start = _starts[_depth];
        if (_count - start >= HashFrom)
        {
            return AddHashed(json, name, entry, start);
        }

        for (var i = start; i < _count; i++)
        {
            if (NameOf(json, in _entries[i]).SequenceEqual(name))
            {
                return false;
            }
        }

        Append(entry);
        return true;
    }

    private bool AddHashed(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, Entry entry, int start)
    {
        if (_count >= _buckets.Length)
        {
            _hashed |= 1u << _depth;
            Grow(json);
        }
        else if ((_hashed & (1u << _depth)) == 0)
        {
            _hashed |= 1u << _depth;
            Link(json, start, _count);
        }

        entry.Hash = Hash(name);
        ref var bucket = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        for (var i = bucket - 1; i >= start; i = _entries[i].Next - 1)
        {
            if (_entries[i].Hash == entry.Hash && NameOf(json, in _entries[i]).SequenceEqual(name))
            {
                return false;
            }
        }

        entry.Next = bucket;
        Append(entry);
        bucket = _count;
        return true;
    }

    /// <summary>More buckets; every name of every hashed object is put in again, oldest first, so that closing can take them off.</summary>
    private void Grow(ReadOnlySpan<byte> json)
    {
        _buckets = new int[Math.Max(64, (int)BitOperations.RoundUpToPowerOf2((uint)_count + 1) * 2)];
        for (var depth = 0; depth <= _depth; depth++)
        {
            if ((_hashed & (1u << depth)) != 0)
            {
                Link(json, _starts[depth], depth == _depth ? _count : _starts[depth + 1]);
            }
        }
    }

    private void Link(ReadOnlySpan<byte> json, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            _entries[i].Hash = Hash(NameOf(json, in _entries[i]));
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    private void Append(Entry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        _entries[_count++] = entry;
    }

    private ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> json, ref readonly Entry entry) => entry.Offset >= 0
        ? json.Slice(entry.Offset, entry.Length)
        : _unescaped.AsSpan(~entry.Offset, entry.Length);

    /// <summary>The runtime's string hash has a key chosen at start, so a peer cannot aim at one bucket.</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var pairs = MemoryMarshal.Cast<byte, char>(name);
        var hash = string.GetHashCode(pairs, StringComparison.Ordinal);
        return (name.Length & 1) == 0 ? hash : (hash * 31) + name[^1];
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        /// <summary>Offset in the text, or the complement of an offset in the unescaped names.</summary>
        public int Offset;
        public int Length;
        public int Hash;

        /// <summary>Index + 1 of the next older entry of the bucket; 0 ends the chain.</summary>
        public int Next;
    }
}
