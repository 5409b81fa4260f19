using System.Diagnostics.Metrics;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Logs;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Telemetry;

/// <summary>
/// What a monitor's key is told by <c>/srv/monitor</c>, as figures: looked up twice a minute, for a page of metrics waits for nobody.
/// </summary>
internal sealed partial class PlatformFigures : BackgroundService
{
    private const int AskedAtOnce = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<MaoHomeContext> _contexts;
    private readonly EngineExam _exam;
    private readonly TimeProvider _time;
    private readonly ILogger<PlatformFigures> _logger;
    private volatile Standing _standing = new([], [], []);

    public PlatformFigures(
        GatewayMetrics metrics, IDbContextFactory<MaoHomeContext> contexts, EngineExam exam, LogLag lag, TimeProvider time, ILogger<PlatformFigures> logger)
    {
        _contexts = contexts;
        _exam = exam;
        _time = time;
        _logger = logger;
        var meter = metrics.Meter;
        meter.CreateObservableGauge("mao_role_silent_seconds", () => _standing.Roles.Select(role => Seconds(role.At, "role", role.Role)), "s", "Time since a process with a role was last heard of");
        meter.CreateObservableGauge("mao_job_late_seconds", () => _standing.Jobs.Select(job => Seconds(job.Due, "name", job.Name)), "s", "Time a job is overdue");
        meter.CreateObservableGauge("mao_job_failed", () => _standing.Jobs.Select(job => Is(job.LastState == JobStates.Failed, "name", job.Name)), null, "Whether the last run of a job failed");
        meter.CreateObservableGauge("mao_log_lag_seconds", () => Math.Round(lag.Now.TotalSeconds, 3), "s", "Time since all that the engines had logged was stored");
        meter.CreateObservableGauge("mao_engine_answers", () => _standing.Engines.Select(engine => Is(engine is { Answers: true, Stale: not true }, "account", engine.AccountId)), null, "Whether an engine that is meant to run answers and its trade loop works");
        meter.CreateObservableGauge("mao_engine_broker_connected", () => Said(engine => engine.BrokerConnected), null, "Whether an engine has its broker");
        meter.CreateObservableGauge("mao_engine_feed_available", () => Said(engine => engine.FeedAvailable), null, "Whether an engine has fresh prices of every market that is open");
        meter.CreateObservableGauge(
            "mao_engine_orders_unknown",
            () => _standing.Engines.Where(engine => engine.UnknownOrders is not null).Select(engine => new Measurement<int>(engine.UnknownOrders!.Value, Label("account", engine.AccountId))),
            null,
            "Orders of an engine of which nobody knows what became of them");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _standing = await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The last figures stand: time that passes still shows in those that are ages.
                LookFailed(_logger, fault);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Standing> LookAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var roles = await context.RoleBeats.AsNoTracking().ToListAsync(cancellationToken);
        var jobs = await context.Jobs.AsNoTracking().Where(job => job.IsEnabled).ToListAsync(cancellationToken);
        var wanted = await context.Pods.AsNoTracking().Where(pod => pod.Account!.IsActive && pod.WantedState == PodStates.Running)
            .Select(pod => pod.Account!.AccountId).ToListAsync(cancellationToken);
        var engines = new List<EngineCondition>();
        foreach (var some in wanted.Chunk(AskedAtOnce))
        {
            engines.AddRange(await Task.WhenAll(some.Select(accountId =>
                _exam.AskAsync(accountId, PodStates.Running, RequestIdentity.Create(), cancellationToken))));
        }

        return new Standing(roles, jobs, engines);
    }

    private IEnumerable<Measurement<int>> Said(Func<EngineCondition, bool?> what) =>
        _standing.Engines.Where(engine => what(engine) is not null).Select(engine => Is(what(engine) == true, "account", engine.AccountId));

    private Measurement<double> Seconds(DateTimeOffset? since, string label, string value) =>
        new(since is { } at ? Math.Max(0, Math.Round((_time.GetUtcNow() - at).TotalSeconds, 3)) : 0, Label(label, value));

    private static Measurement<int> Is(bool yes, string label, string value) => new(yes ? 1 : 0, Label(label, value));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    [LoggerMessage(3431, LogLevel.Warning, "Figures of roles, jobs and engines could not be looked up; tried again in a moment")]
    private static partial void LookFailed(ILogger logger, Exception fault);

    private sealed record Standing(IReadOnlyList<RoleBeat> Roles, IReadOnlyList<Job> Jobs, IReadOnlyList<EngineCondition> Engines);
}
