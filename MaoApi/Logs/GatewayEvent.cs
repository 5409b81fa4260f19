using System.Globalization;
using System.Text.RegularExpressions;
using MaoApi.Hosting;
using MaoTrade.Protocol.Logs;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace MaoApi.Logs;

/// <summary>An event of the gateway with the fields of the log collection.</summary>
internal static partial class GatewayEvent
{
    private const int MaxTextLength = 64 * 1024;

    private static readonly MessageTemplateTextFormatter MessageFormat = new("{Message:lj}");

    /// <summary>The event of a line.</summary>
    /// <param name="logEvent">The line.</param>
    /// <param name="app">Which program it is of.</param>
    public static LogRecord Record(LogEvent logEvent, string app)
    {
        using var text = new StringWriter();
        MessageFormat.Format(logEvent, text);
        var message = Cut(text.ToString());
        var stackTrace = logEvent.Exception is { } fault ? Cut(fault.ToString()) : null;
        var name = logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
            ? id.Properties.Where(member => member.Name == "Name").Select(member => (member.Value as ScalarValue)?.Value as string).FirstOrDefault()
            : null;
        return new LogRecord
        {
            App = app,
            Account = Scalar(logEvent, "AccountId") ?? "",
            Machine = Environment.MachineName,
            Module = LogLineNames.Module(logEvent),
            LevelName = LogLineNames.Level(logEvent.Level),
            Message = message,
            StackTrace = stackTrace,
            LineNumber = SourceLine.Of(stackTrace),
            Timestamp = logEvent.Timestamp.ToUniversalTime(),
            Rid = Scalar(logEvent, "RequestId") ?? (RequestMark().Match(message) is { Success: true } mark ? mark.Groups["rid"].Value : null),
            FuncName = name,
            Event = name,
            Thread = logEvent.Properties.GetValueOrDefault("Thread") is ScalarValue { Value: int thread } ? thread.ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private static string? Scalar(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : null;

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    [GeneratedRegex(@"\brid=(?<rid>[0-9A-Za-z_-]{1,64})", RegexOptions.CultureInvariant, 100)]
    private static partial Regex RequestMark();
}
