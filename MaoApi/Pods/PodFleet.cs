using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>
/// Makes the running engines what the table of pods wants them to be, once a second. The loop owns the pods; nobody calls it, whoever
/// wants something writes it into the table.
/// </summary>
internal sealed partial class PodFleet(
    IDbContextFactory<MaoHomeContext> contexts,
    IServiceProvider services,
    IPodDriver driver,
    PaperBroker paper,
    TimeProvider time,
    ILogger<PodFleet> logger)
{
    private const string RestartRequest = "restart";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, RunningPod> _pods = [];
    private volatile bool _keep;

    /// <summary>Forgets how engines ended in an earlier life of the gateway: it says nothing about this one.</summary>
    public async Task ForgetEndsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods.Where(pod => pod.WantedState == PodStates.Running && pod.State != PodStates.Running)
            .ExecuteUpdateAsync(pod => pod.SetProperty(p => p.State, PodStates.Stopped).SetProperty(p => p.ExitCode, (int?)null), cancellationToken);
    }

    /// <summary>Runs until stopped, then stops engines and, after them, the market; with <paramref name="keepAtStop"/> it leaves them.</summary>
    public async Task RunAsync(bool keepAtStop, CancellationToken stopping)
    {
        RunningPod? market = null;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    var wanted = await ReadAsync(stopping);
                    market ??= wanted.Exists(pod => pod.Broker == PaperBroker.Code) ? Start(paper) : null;
                    await ConformAsync(wanted, stopping);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    RoundFailed(logger, fault);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end of the loop.
        }

        _keep = keepAtStop;
        await Task.WhenAll(_pods.Values.Select(pod => pod.StopAsync()));
        await (market?.StopAsync() ?? Task.CompletedTask);
    }

    private async Task<List<WantedPod>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Pods.AsNoTracking()
            .Where(pod => pod.Account!.IsActive)
            .Select(pod => new WantedPod(
                pod.AccountKey, pod.Account!.AccountId, pod.Account.Broker!.Code, pod.WantedState == PodStates.Running, pod.Request))
            .ToListAsync(cancellationToken);
    }

    private async Task ConformAsync(List<WantedPod> wanted, CancellationToken cancellationToken)
    {
        foreach (var pod in wanted)
        {
            if (pod.Request == RestartRequest)
            {
                await ClearRequestAsync(pod.AccountKey, cancellationToken);
                _pods.GetValueOrDefault(pod.AccountKey)?.RequestStop();
            }

            if (!_pods.TryGetValue(pod.AccountKey, out var running))
            {
                if (pod.Runs)
                {
                    _pods[pod.AccountKey] = Start(ActivatorUtilities.CreateInstance<EnginePod>(services, pod.AccountKey, pod.AccountId));
                }
            }
            else if (!pod.Runs)
            {
                running.RequestStop();
            }
        }

        var active = wanted.Select(pod => pod.AccountKey).ToHashSet();
        foreach (var (accountKey, pod) in _pods.ToList())
        {
            if (!active.Contains(accountKey))
            {
                pod.RequestStop();
            }

            pod.RotateOutput();

            // One that ended by itself stays, so that it is not started again every second.
            if (pod.IsStopped)
            {
                pod.Dispose();
                _pods.Remove(accountKey);
            }
        }
    }

    private async Task ClearRequestAsync(int accountKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods.Where(pod => pod.AccountKey == accountKey)
            .ExecuteUpdateAsync(pod => pod.SetProperty(row => row.Request, (string?)null), cancellationToken);
    }

    private RunningPod Start(ISupervised subject) => new(
        subject, ActivatorUtilities.CreateInstance<SupervisedProcess>(services, subject, driver), () => _keep, logger);

    [LoggerMessage(3120, LogLevel.Error, "Looking after the pods failed; tried again in a second")]
    private static partial void RoundFailed(ILogger logger, Exception fault);

    [LoggerMessage(3121, LogLevel.Error, "{Name} is no longer looked after")]
    private static partial void SupervisionFailed(ILogger logger, Exception fault, string name);

    private sealed record WantedPod(int AccountKey, string AccountId, string Broker, bool Runs, string? Request);

    /// <summary>A pod and the task that looks after it.</summary>
    private sealed class RunningPod : IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly ISupervised _subject;
        private readonly ILogger _logger;
        private readonly Task _supervision;

        public RunningPod(ISupervised subject, SupervisedProcess process, Func<bool> keep, ILogger logger)
        {
            _subject = subject;
            _logger = logger;
            _supervision = SuperviseAsync(process, keep);
        }

        public bool IsStopped => _stopping.IsCancellationRequested && _supervision.IsCompleted;

        public void RequestStop() => _stopping.Cancel();

        public async Task StopAsync()
        {
            RequestStop();
            await _supervision;
            Dispose();
        }

        public void Dispose() => _stopping.Dispose();

        public void RotateOutput()
        {
            if (_subject is EnginePod engine)
            {
                OutputFile.RotateIfLarge(engine.OutputFile);
            }
        }

        private async Task SuperviseAsync(SupervisedProcess process, Func<bool> keep)
        {
            try
            {
                await process.RunAsync(keep, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Stopped before the process had started.
            }
            catch (Exception fault)
            {
                SupervisionFailed(_logger, fault, _subject.Name);
            }
        }
    }
}
