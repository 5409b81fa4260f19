using System.Text.Json;

namespace MaoApi.Logs;

/// <summary>
/// Lines of what an engine in a container wrote to its output: events are JSON documents, a line each. All else is what the runtime had to
/// say, the end of a crash for example: what comes together is one event.
/// </summary>
internal sealed class OutputLogLines(string account, string machine, TimeProvider time) : ILogLines
{
    private const string App = "maotrade";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    public bool AreWhole => true;

    public LogRecord? Begin(string line)
    {
        try
        {
            // Whose output it is, the file says and not the line.
            return line.StartsWith('{') && JsonSerializer.Deserialize<LogRecord>(line, Json) is { } record
                ? record with { Id = "", App = App, Account = account }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public LogRecord Stray(string line) => new()
    {
        App = App,
        Account = account,
        Machine = machine,
        LevelName = "ERROR",
        Message = line,
        Timestamp = time.GetUtcNow(),
    };
}
