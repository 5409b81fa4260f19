using System.Text;
using MaoTrade.Protocol.Logs;

namespace MaoApi.Logs;

/// <summary>What a stretch of a log file holds: whole events, and the first byte that is not part of them.</summary>
internal sealed record LogFileStretch(IReadOnlyList<LogRecord> Records, long Offset, bool InLongLine);

/// <summary>
/// Puts the lines of a stretch together to events. Pure: the same bytes from the same place give the same events. The last event is held
/// back while lines may still be added to it, unless the file has been quiet.
/// </summary>
internal sealed class LogFileReader(ILogLines lines)
{
    /// <summary>A longer line is cut, and the rest of it passed over.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>Longer stack traces go on in an event of their own.</summary>
    public const int MaxEventBytes = 256 * 1024;

    public LogFileStretch Read(ReadOnlySpan<byte> bytes, LogPosition position, bool isQuiet)
    {
        var records = new List<LogRecord>();
        Pending? pending = null;
        var inLongLine = position.InLongLine;
        var stored = 0;
        var at = 0;
        while (at < bytes.Length)
        {
            var length = bytes[at..].IndexOf((byte)'\n');
            var isWhole = length >= 0;
            length = isWhole ? length : bytes.Length - at;
            if (!isWhole && !inLongLine && length <= MaxLineBytes)
            {
                break;
            }

            if (!inLongLine)
            {
                var line = LogFileLine.Decode(Cut(bytes.Slice(at, length)));
                var begun = lines.Begin(line);
                if (pending is not null && (begun is not null || !pending.IsOpen || at - pending.Start > MaxEventBytes))
                {
                    records.Add(pending.ToRecord());
                    stored = at;
                    pending = null;
                }

                pending = pending?.Add(line) ?? new Pending(at, begun ?? lines.Stray(line), begun is null || !lines.AreWhole);
            }

            at += isWhole ? length + 1 : length;
            inLongLine = !isWhole;
            if (inLongLine || (pending is null && isWhole))
            {
                // The beginning of a line that is too long is stored at once; so is the end of one that was.
                Flush();
            }
        }

        if (isQuiet)
        {
            Flush();
        }

        return new LogFileStretch(records, position.Offset + stored, inLongLine && stored == at);

        void Flush()
        {
            if (pending is not null)
            {
                records.Add(pending.ToRecord());
                pending = null;
            }

            stored = at;
        }
    }

    /// <summary>A line is cut between characters of UTF-8: half a one would make it a line of another encoding.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> line)
    {
        if (line.Length <= MaxLineBytes)
        {
            return line;
        }

        var end = MaxLineBytes;
        while (end > MaxLineBytes - 4 && (line[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return line[..end];
    }

    private sealed record Pending(int Start, LogRecord First, bool IsOpen)
    {
        private readonly StringBuilder _more = new();

        public Pending Add(string line)
        {
            _more.Append(_more.Length == 0 ? "" : "\n").Append(line);
            return this;
        }

        public LogRecord ToRecord()
        {
            if (_more.Length == 0)
            {
                return First;
            }

            var stackTrace = _more.ToString();
            return First with { StackTrace = stackTrace, LineNumber = SourceLine.Of(stackTrace) };
        }
    }
}
