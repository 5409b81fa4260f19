namespace MaoApi.Logs;

/// <summary>
/// One log file and how far it is stored. Events and position are stored together: a gateway killed in between reads on where the last
/// stored event ends. Owned by the follower's loop.
/// </summary>
internal sealed class FollowedFile(string path, string name, LogFileReader reader, ILogWriter store, TimeProvider time)
{
    private const int WindowBytes = 1024 * 1024;

    /// <summary>Where a file goes that grew too large, before it is emptied.</summary>
    private const string BeforeSuffix = ".1";

    /// <summary>Events are written whole; after this silence nothing more belongs to the last one.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private LogPosition? _position;
    private long _length = -1;
    private long _grewAt;

    /// <summary>Stores what is new. Returns whether there is more at once.</summary>
    public async Task<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return false;
        }

        if (file.Length != _length)
        {
            _length = file.Length;
            _grewAt = time.GetTimestamp();
        }

        _position ??= await store.PositionAsync(name, cancellationToken) ?? new LogPosition(name, 0, false);
        if (_position.Offset > _length)
        {
            // Emptied under its writer: the rest of what was in it may lie beside it, what is in it now is new.
            var before = new FileInfo(path + BeforeSuffix);
            if (before.Exists && before.Length > _position.Offset)
            {
                var from = _position;
                await StoreAsync(before.FullName, from, before.Length, isQuiet: true, cancellationToken);
                if (_position != from)
                {
                    return true;
                }
            }

            _position = new LogPosition(name, 0, false);
        }

        return _position.Offset < _length
            && await StoreAsync(path, _position, _length, time.GetElapsedTime(_grewAt) >= Quiet, cancellationToken);
    }

    private async Task<bool> StoreAsync(string from, LogPosition position, long end, bool isQuiet, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(WindowBytes, end - position.Offset)];
        int length;
        await using (var stream = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous))
        {
            stream.Position = position.Offset;
            length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        }

        var isLast = position.Offset + length >= end;
        var stretch = reader.Read(bytes.AsSpan(0, length), position, isQuiet && isLast);
        var next = new LogPosition(name, stretch.Offset, stretch.InLongLine);
        if (next == position)
        {
            return false;
        }

        await store.AppendAsync(new LogBatch(stretch.Records, next), cancellationToken);
        _position = next;
        return !isLast;
    }
}
