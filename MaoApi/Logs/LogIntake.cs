using System.Text.RegularExpressions;
using MaoApi.Hosting;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace MaoApi.Logs;

/// <summary>Stores the gateway's own events, so many a second at most: the log must not cost what it is there to explain.</summary>
internal sealed partial class LogIntake(LogFeed feed, ILogStore store, TimeProvider time, ILogger<LogIntake> logger) : BackgroundService
{
    private const string App = "maoapi";
    private const int MostAtOnce = 500;
    private const int MaxTextLength = 64 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);
    private static readonly MessageTemplateTextFormatter MessageFormat = new("{Message:lj}");

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StoreAsync(CancellationToken.None);
        }

        using var limit = new CancellationTokenSource(StopLimit, time);
        await StoreAsync(limit.Token);
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var events = feed.Take(MostAtOnce);
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await store.AppendAsync(new LogBatch([.. events.Select(Record)]), cancellationToken);
            _isAway = false;
        }
        catch (Exception fault)
        {
            feed.Drop(events.Count);
            if (!_isAway)
            {
                _isAway = true;
                StoreAway(logger, fault);
            }
        }
    }

    private static LogRecord Record(LogEvent logEvent)
    {
        using var text = new StringWriter();
        MessageFormat.Format(logEvent, text);
        var message = Cut(text.ToString());
        return new LogRecord
        {
            App = App,
            Account = Scalar(logEvent, "AccountId") ?? "",
            Machine = Environment.MachineName,
            Module = LogLineNames.Module(logEvent),
            LevelName = LogLineNames.Level(logEvent.Level),
            Message = message,
            StackTrace = logEvent.Exception is { } fault ? Cut(fault.ToString()) : null,
            Timestamp = logEvent.Timestamp.ToUniversalTime(),
            Rid = Scalar(logEvent, "RequestId") ?? (RequestMark().Match(message) is { Success: true } mark ? mark.Groups["rid"].Value : null),
            Event = logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
                ? id.Properties.Where(member => member.Name == "Name").Select(member => (member.Value as ScalarValue)?.Value as string).FirstOrDefault()
                : null,
        };
    }

    private static string? Scalar(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : null;

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    [GeneratedRegex(@"\brid=(?<rid>[0-9A-Za-z_-]{1,64})", RegexOptions.CultureInvariant, 100)]
    private static partial Regex RequestMark();

    [LoggerMessage(3401, LogLevel.Error, "The log store takes no events; those of the gateway stay in its log file alone")]
    private static partial void StoreAway(ILogger logger, Exception fault);
}
