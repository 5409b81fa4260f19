using System.Globalization;
using MaoApi.Hosting;

namespace MaoApi.Logs;

/// <summary>
/// Brings the lines of the engines' log files, <c>accounts/*/logs/maotrade-yyyy-MM-dd.log</c>, into the log store. Files of today and
/// yesterday are looked at twice a second, all others once a minute. Engines in containers have those files in volumes of their own; of
/// them it is the output that the pod brings here, <c>stdout.jsonl</c>. While the store is away nothing is lost: the files wait.
/// </summary>
internal sealed partial class LogFollower(
    DataFolder folder, ILogWriter store, LogOptions options, bool inContainers, LogLag lag, TimeProvider time, ILogger<LogFollower> logger)
    : BackgroundService
{
    /// <summary>So much of one file at a time; then the others have their turn.</summary>
    private const int WindowsAtOnce = 8;

    private const string Output = "stdout.jsonl";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SearchInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FaultInterval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, FollowedFile> _files = new(StringComparer.Ordinal);
    private long _searchedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the gateway does not wait for the first look.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                var began = time.GetTimestamp();
                await RoundAsync(stoppingToken);
                lag.StoredAt(began);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is, it must cost nobody else anything: an unexpected end of this loop would stop the gateway.
                RoundFailed(logger, fault);
                pause = FaultInterval;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var isSearch = _searchedAt == 0 || time.GetElapsedTime(_searchedAt) >= SearchInterval;
        if (isSearch)
        {
            _searchedAt = time.GetTimestamp();
        }

        foreach (var account in Accounts())
        {
            foreach (var file in isSearch ? All(account, today) : Recent(today))
            {
                var more = true;
                for (var i = 0; more && i < WindowsAtOnce; i++)
                {
                    more = await Followed(account, file).ReadOnAsync(cancellationToken);
                }
            }
        }
    }

    private IEnumerable<string> Accounts() => Directory.Exists(folder.Accounts)
        ? Directory.EnumerateDirectories(folder.Accounts).Select(path => Path.GetFileName(path))
        : [];

    private IEnumerable<string> Recent(DateOnly today) => inContainers ? [Output] : [NameOf(today.AddDays(-1)), NameOf(today)];

    private IEnumerable<string> All(string account, DateOnly today)
    {
        if (inContainers)
        {
            return [Output];
        }

        var logs = new DirectoryInfo(LogsOf(account));
        return !logs.Exists
            ? []
            : logs.EnumerateFiles("maotrade-*.log")
                .Where(file => file.LinkTarget is null && DayOf(file.Name) is { } day && day.DayNumber > today.DayNumber - options.RetentionDays)
                .Select(file => file.Name).Order(StringComparer.Ordinal);
    }

    private FollowedFile Followed(string account, string file)
    {
        var name = $"{account}/{file}";
        if (!_files.TryGetValue(name, out var followed))
        {
            ILogLines lines = inContainers
                ? new OutputLogLines(account, Environment.MachineName, time)
                : new DailyLogLines(account, file, Environment.MachineName, time);
            followed = new FollowedFile(Path.Combine(LogsOf(account), file), name, new LogFileReader(lines), store, time);
            _files.Add(name, followed);
        }

        return followed;
    }

    private string LogsOf(string account) => Path.Combine(folder.Account(account), "logs");

    private static string NameOf(DateOnly day) => $"maotrade-{day:yyyy-MM-dd}.log";

    private static DateOnly? DayOf(string name) =>
        name.Length == "maotrade-yyyy-MM-dd.log".Length
        && DateOnly.TryParseExact(name.AsSpan("maotrade-".Length, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    [LoggerMessage(3400, LogLevel.Warning, "The engines' logs could not be brought into the log store; tried again in a moment")]
    private static partial void RoundFailed(ILogger logger, Exception fault);
}
