using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>
/// Makes the running engines what the table of pods wants them to be, once a second. The loop owns the pods; whoever wants something
/// writes it into the table, and may say that it is there.
/// </summary>
internal sealed partial class PodFleet(
    IDbContextFactory<MaoHomeContext> contexts,
    IServiceProvider services,
    IPodDriver driver,
    PaperBroker paper,
    TimeProvider time,
    ILogger<PodFleet> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, RunningPod> _pods = [];
    private TaskCompletionSource _look = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningPod? _market;
    private volatile bool _keep;

    /// <summary>Looks at the table now rather than within a second. Safe from any thread.</summary>
    public void LookNow() => Volatile.Read(ref _look).TrySetResult();

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
        while (!stopping.IsCancellationRequested)
        {
            // What is written after this moment is seen in the next round.
            var look = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _look, look);
            try
            {
                await ConformAsync(await ReadAsync(stopping), stopping);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                RoundFailed(logger, fault);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The end of the loop.
            }

            await look.Task.WaitAsync(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _keep = keepAtStop;
        await Task.WhenAll(_pods.Values.Select(pod => pod.StopAsync()));
        await (_market?.StopAsync() ?? Task.CompletedTask);
    }

    private async Task<List<WantedPod>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Pods.AsNoTracking()
            .Where(pod => pod.Account!.IsActive)
            .Select(pod => new WantedPod(
                pod.AccountKey, pod.Account!.AccountId, pod.Account.Broker!.Code, pod.WantedState == PodStates.Running, pod.Request, pod.State))
            .ToListAsync(cancellationToken);
    }

    private async Task ConformAsync(List<WantedPod> wanted, CancellationToken cancellationToken)
    {
        foreach (var pod in wanted)
        {
            if (pod.Request is { } request && IsDone(request, pod.State, _pods.GetValueOrDefault(pod.AccountKey)))
            {
                await ClearRequestAsync(pod.AccountKey, request, cancellationToken);
            }

            if (!pod.Runs)
            {
                _pods.GetValueOrDefault(pod.AccountKey)?.RequestStop();
            }
        }

        Sweep(wanted.Select(pod => pod.AccountKey).ToHashSet());
        foreach (var pod in wanted.Where(pod => pod.Runs && !_pods.ContainsKey(pod.AccountKey)))
        {
            if (pod.Broker == PaperBroker.Code)
            {
                StartMarket();
            }

            _pods[pod.AccountKey] = Start(ActivatorUtilities.CreateInstance<EnginePod>(services, pod.AccountKey, pod.AccountId));
        }
    }

    /// <summary>Does what was asked. A start of a pod that is just ending is done in a later round, when it has ended.</summary>
    private static bool IsDone(string request, string state, RunningPod? running)
    {
        if (request == PodRequests.Restart || running is { HasEnded: true })
        {
            running?.RequestStop();
            return true;
        }

        return running is null || state == PodStates.Running;
    }

    /// <summary>Lets go of pods that have stopped, and stops those of accounts that are gone or not active any more.</summary>
    private void Sweep(HashSet<int> active)
    {
        foreach (var (accountKey, pod) in _pods.ToList())
        {
            if (!active.Contains(accountKey))
            {
                pod.RequestStop();
            }

            pod.RotateOutput();

            // One that ended by itself stays until somebody asks for it: it is not started again every second.
            if (pod.IsStopped)
            {
                pod.Dispose();
                _pods.Remove(accountKey);
            }
        }
    }

    /// <summary>The market comes before the first engine that trades on it; one that gave up comes again with the next engine.</summary>
    private void StartMarket()
    {
        if (_market is { HasEnded: true })
        {
            _market.Dispose();
            _market = null;
        }

        _market ??= Start(paper);
    }

    /// <summary>Only the request that was done: a newer one stays.</summary>
    private async Task ClearRequestAsync(int accountKey, string request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods.Where(pod => pod.AccountKey == accountKey && pod.Request == request)
            .ExecuteUpdateAsync(pod => pod.SetProperty(row => row.Request, (string?)null), cancellationToken);
    }

    private RunningPod Start(ISupervised subject) => new(
        subject, ActivatorUtilities.CreateInstance<SupervisedProcess>(services, subject, driver), () => _keep, LookNow, time, logger);

    [LoggerMessage(3120, LogLevel.Error, "Looking after the pods failed; tried again in a second")]
    private static partial void RoundFailed(ILogger logger, Exception fault);

    private sealed record WantedPod(int AccountKey, string AccountId, string Broker, bool Runs, string? Request, string State);
}
