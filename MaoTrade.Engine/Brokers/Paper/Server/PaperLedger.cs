using System.Text;
using System.Text.Json;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// The ledger file: one JSON line per event, appended and flushed to the system before the step's answers and events leave.
/// The lines are part of the step's transaction first, so a file that ended early is completed at the next start and no line
/// is written twice.
/// </summary>
internal sealed class PaperLedger : IDisposable
{
    private const int TailBytes = 64 * 1024;

    private readonly FileStream _file;
    private long _last;

    public PaperLedger(string path, IReadOnlyList<(long N, string Line)> stored)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _last = CutTornLine();
        _file.Seek(0, SeekOrigin.End);
        Append(stored);
    }

    /// <summary>Number of the last line in the file.</summary>
    public long Last => _last;

    public void Append(IReadOnlyList<(long N, string Line)> lines)
    {
        var text = new StringBuilder();
        foreach (var (n, line) in lines)
        {
            if (n > _last)
            {
                text.Append(line).Append('\n');
                _last = n;
            }
        }

        if (text.Length > 0)
        {
            _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Cuts what follows the last line end and answers the number of the last line.</summary>
    private long CutTornLine()
    {
        var tail = new byte[Math.Min(_file.Length, TailBytes)];
        var tailStart = _file.Length - tail.Length;
        _file.Seek(tailStart, SeekOrigin.Begin);
        _file.ReadExactly(tail);
        var end = Array.LastIndexOf(tail, (byte)'\n');
        if (end < 0)
        {
            if (tailStart > 0)
            {
                throw new InvalidDataException($"{_file.Name} is not a ledger: its last line is longer than {TailBytes} bytes");
            }

            _file.SetLength(0);
            return 0;
        }

        _file.SetLength(tailStart + end + 1);
        var start = end == 0 ? 0 : Array.LastIndexOf(tail, (byte)'\n', end - 1) + 1;
        try
        {
            using var line = JsonDocument.Parse(tail.AsMemory(start, end - start));
            return line.RootElement.GetProperty("n").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{_file.Name} is not a ledger: its last line has no n", e);
        }
    }
}
