using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Engine.Logs;

/// <summary>
/// One log file per UTC day, <c>maotrade-yyyy-MM-dd.log</c>, kept for years. Behind an asynchronous bounded sink: called
/// by one thread, never by the trade loop.
/// </summary>
public sealed class DailyLogFile(string folder) : ILogEventSink, IDisposable
{
    private DateOnly _day;
    private StreamWriter? _writer;

    /// <summary>The file of a day.</summary>
    public static string NameOf(DateOnly day) => $"maotrade-{day:yyyy-MM-dd}.log";

    public void Emit(LogEvent logEvent)
    {
        var day = DateOnly.FromDateTime(logEvent.Timestamp.UtcDateTime);
        if (_writer is null || day != _day)
        {
            _writer?.Dispose();
            _writer = Open(day);
            _day = day;
        }

        LogLine.Write(logEvent, _writer);
        _writer.Flush();
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open(DateOnly day)
    {
        Directory.CreateDirectory(folder);
        var stream = new FileStream(
            Path.Combine(folder, NameOf(day)), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
