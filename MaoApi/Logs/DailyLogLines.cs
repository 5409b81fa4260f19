namespace MaoApi.Logs;

/// <summary>Lines of an engine's daily file: those that do not begin with a time belong to the event before them.</summary>
internal sealed class DailyLogLines(string account, string fileName, string machine, TimeProvider time) : ILogLines
{
    private const string App = "maotrade";

    public bool AreWhole => false;

    public LogRecord? Begin(string line) => LogFileLine.TryParse(line, out var first) ? Record(first) : null;

    /// <summary>The rest of an event that was cut, or of a file nobody understands.</summary>
    public LogRecord Stray(string line) => Record(new LogFileLine(time.GetUtcNow(), "INFO", "", null, null, line));

    private LogRecord Record(LogFileLine line) => new()
    {
        App = App,
        Account = account,
        Machine = machine,
        Module = line.Module,
        LevelName = line.LevelName,
        Message = line.Message,
        Timestamp = line.Time,
        FileLog = fileName,
        Rid = line.Rid,
        Event = line.Event,
    };
}
