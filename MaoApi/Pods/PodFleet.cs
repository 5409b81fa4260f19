using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>
/// Makes the running engines what the table of pods wants them to be, once a second. The loop owns the pods; whoever wants something
/// writes it into the table, and may ring the bell.
/// </summary>
internal sealed partial class PodFleet(
    IDbContextFactory<MaoHomeContext> contexts,
    IServiceProvider services,
    IPodDriver driver,
    PodLeases leases,
    PodMeter meter,
    PodBell bell,
    PaperBroker paper,
    TimeProvider time,
    ILogger<PodFleet> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TendInterval = TimeSpan.FromSeconds(10);

    /// <summary>The market runs beside the pod, wherever engines do.</summary>
    private readonly IPodDriver _local = driver.KeepsEngines ? new ChildProcessDriver(time) : driver;

    private readonly Dictionary<int, RunningPod> _pods = [];
    private readonly HashSet<int> _known = [];
    private RunningPod? _market;
    private Task _tending = Task.CompletedTask;
    private long _tended;

    /// <summary>Forgets how engines ended in an earlier life of the gateway: it says nothing about this one.</summary>
    public async Task ForgetEndsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods
            .Where(pod => pod.WantedState == PodStates.Running && pod.State != PodStates.Running && (pod.Holder == null || pod.Holder == leases.Holder))
            .ExecuteUpdateAsync(pod => pod.SetProperty(p => p.State, PodStates.Stopped).SetProperty(p => p.ExitCode, (int?)null), cancellationToken);
    }

    /// <summary>
    /// Runs until stopped, then stops engines and, after them, the market; with <paramref name="keepAtStop"/> it leaves them. Engines whose
    /// driver keeps them stay in any case.
    /// </summary>
    public async Task RunAsync(bool keepAtStop, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // What is written after this moment is seen in the next round.
            var rung = bell.Next();
            try
            {
                await ConformAsync(await ReadAsync(stopping), stopping);
                await meter.ReportAsync(_pods, stopping);
                Tend(stopping);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                RoundFailed(logger, fault);
                await LetGoAsync(leases.Held);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The end of the loop.
            }

            await rung.WaitAsync(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _tending;
        await Task.WhenAll(_pods.Values.Select(pod => pod.StopAsync(keepAtStop || driver.KeepsEngines)));
        await (_market?.StopAsync(keepAtStop) ?? Task.CompletedTask);
        await ReleaseAsync();
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

    private async Task ConformAsync(List<WantedPod> all, CancellationToken cancellationToken)
    {
        await leases.HoldAsync([.. all.Select(pod => pod.AccountKey), .. _pods.Keys], cancellationToken);
        var held = leases.Held;
        await LetGoAsync(held);
        var wanted = all.Where(pod => held.Contains(pod.AccountKey)).ToList();
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

        await SweepAsync(wanted.Select(pod => pod.AccountKey).ToHashSet());
        foreach (var pod in wanted.Where(pod => !_pods.ContainsKey(pod.AccountKey) && (pod.Runs || !_known.Contains(pod.AccountKey))))
        {
            if (pod is { Runs: true, Broker: PaperBroker.Code })
            {
                StartMarket();
            }

            // An engine that is not wanted and was not looked after yet may have been left running.
            var engine = ActivatorUtilities.CreateInstance<EnginePod>(services, pod.AccountKey, pod.AccountId);
            _pods[pod.AccountKey] = Start(engine, driver, stops: !pod.Runs);
            _known.Add(pod.AccountKey);
        }
    }

    /// <summary>Another pod looks after what is not held any more, or soon will: this one keeps its hands off.</summary>
    private async Task LetGoAsync(IReadOnlySet<int> held)
    {
        foreach (var (accountKey, pod) in _pods.Where(pod => !held.Contains(pod.Key)).ToList())
        {
            LostLease(logger, accountKey);
            await pod.DisposeAsync();
            _pods.Remove(accountKey);
            _known.Remove(accountKey);
        }
    }

    /// <summary>Puts right what others have changed around the engines, and removes what is left of accounts that are gone.</summary>
    private void Tend(CancellationToken cancellationToken)
    {
        if (_tending.IsCompleted)
        {
            _tending = TendAsync(isDue: _tended == 0 || time.GetElapsedTime(_tended) >= TendInterval, cancellationToken);
        }
    }

    private async Task TendAsync(bool isDue, CancellationToken cancellationToken)
    {
        try
        {
            if (!isDue && !await driver.HasNewsAsync(cancellationToken))
            {
                return;
            }

            _tended = time.GetTimestamp();
            var made = await driver.TendAsync(cancellationToken);
            if (made.Count == 0)
            {
                return;
            }

            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var there = await context.Accounts.Where(account => account.IsActive).Select(account => account.AccountId).ToListAsync(cancellationToken);
            foreach (var accountId in made.Except(there, StringComparer.Ordinal))
            {
                await driver.RemoveAsync(accountId, cancellationToken);
                Removed(logger, accountId);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the loop.
        }
        catch (PodDriverException trouble)
        {
            NotTended(logger, trouble.Message);
        }
        catch (Exception fault)
        {
            RoundFailed(logger, fault);
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await leases.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotReleased(logger, fault);
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
    private async Task SweepAsync(HashSet<int> active)
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
                await pod.DisposeAsync();
                _pods.Remove(accountKey);
            }
        }
    }

    /// <summary>The market comes before the first engine that trades on it; one that gave up comes again with the next engine.</summary>
    private void StartMarket()
    {
        if (_market is { HasEnded: true })
        {
            _market = null;
        }

        _market ??= Start(paper, _local);
    }

    /// <summary>Only the request that was done: a newer one stays.</summary>
    private async Task ClearRequestAsync(int accountKey, string request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Pods.Where(pod => pod.AccountKey == accountKey && pod.Request == request)
            .ExecuteUpdateAsync(pod => pod.SetProperty(row => row.Request, (string?)null), cancellationToken);
    }

    private RunningPod Start(ISupervised subject, IPodDriver on, bool stops = false) => new(
        subject, ActivatorUtilities.CreateInstance<SupervisedProcess>(services, subject, on), bell.Ring, time, logger, stops);

    [LoggerMessage(3120, LogLevel.Error, "Looking after the pods failed; tried again in a second")]
    private static partial void RoundFailed(ILogger logger, Exception fault);

    [LoggerMessage(3128, LogLevel.Warning, "What is around the engines cannot be looked after, which is tried again: {Reason}")]
    private static partial void NotTended(ILogger logger, string reason);

    [LoggerMessage(3122, LogLevel.Warning, "The account with the key {AccountKey} is another pod's, or the database has been away too long: this pod lets go of its engine")]
    private static partial void LostLease(ILogger logger, int accountKey);

    [LoggerMessage(3123, LogLevel.Information, "What was left of {AccountId} is removed: the account is gone or not active")]
    private static partial void Removed(ILogger logger, string accountId);

    [LoggerMessage(3124, LogLevel.Warning, "The accounts of this pod could not be given back; another one takes them half a minute later")]
    private static partial void NotReleased(ILogger logger, Exception fault);

    private sealed record WantedPod(int AccountKey, string AccountId, string Broker, bool Runs, string? Request, string State);
}
