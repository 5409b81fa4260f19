using System.Buffers;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server;

/// <summary>One request from its last byte until its reply is written; its text stays valid that long. Used again afterwards.</summary>
internal sealed class PendingRequest
{
    private const int KeepBytes = 64 * 1024;

    private static readonly byte[] EmptyObject = [(byte)'{', (byte)'}'];

    private byte[] _text = new byte[512];
    private int _length;
    private RequestHead _head;

    /// <summary>The top level of the request.</summary>
    public ref RequestHead Head => ref _head;

    /// <summary>The answer, once it is known.</summary>
    public ServiceReply Reply { get; set; }

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    public ReadOnlySpan<byte> Id => _head.Id.Of(Text);

    /// <summary>The data object; <c>{}</c> when the request has none.</summary>
    public ReadOnlyMemory<byte> Data => _head.Data.Length == 0 ? EmptyObject : _text.AsMemory(_head.Data.Offset, _head.Data.Length);

    /// <summary>Takes the text over from the connection's buffer.</summary>
    public void Take(in ReadOnlySequence<byte> json)
    {
        _length = (int)json.Length;
        if (_text.Length < _length || _text.Length > Math.Max(KeepBytes, _length))
        {
            _text = new byte[Math.Max(512, _length)];
        }

        json.CopyTo(_text);
    }

    /// <summary>Whether both have the same id, however it is spelled.</summary>
    public bool HasSameId(PendingRequest other)
    {
        if (!_head.IdIsEscaped && !other._head.IdIsEscaped)
        {
            return Id.SequenceEqual(other.Id);
        }

        return JsonText.Decode(Id) == JsonText.Decode(other.Id);
    }
}
