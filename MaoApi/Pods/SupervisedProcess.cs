using MaoApi.Data.Entities;

namespace MaoApi.Pods;

/// <summary>What differs between the processes that are kept running.</summary>
internal interface ISupervised
{
    string Name { get; }

    /// <summary>How long it may take to stop when asked; then it is killed, which it must be safe against.</summary>
    TimeSpan StopTimeout { get; }

    /// <summary>Its account, record and output.</summary>
    PodTrace Trace { get; }

    /// <summary>Makes everything the process finds when it starts.</summary>
    Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What the process calls itself, as soon as it answers; null where it has no name. Waits until it does.</summary>
    Task<string?> IdentifyAsync(CancellationToken cancellationToken);

    Task ReportAsync(PodReport report, CancellationToken cancellationToken);

    /// <summary>The process answers. Called once for each process.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>It cannot be looked after now, which is tried again.</summary>
    Task TroubledAsync(PodDriverException trouble, CancellationToken cancellationToken);
}

/// <summary>Keeps one process running until it is stopped, ends as it should, or is given up.</summary>
internal sealed partial class SupervisedProcess(ISupervised subject, IPodDriver driver, TimeProvider time, ILogger<SupervisedProcess> logger)
{
    /// <summary>How long an adopted process may take to say who it is: an engine of a busy machine is slow, not a stranger.</summary>
    private static readonly TimeSpan AdoptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the end of what was killed may take to be seen; longer, whoever runs it does not answer.</summary>
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(30);

    private RestartPolicy _policy = new();
    private volatile IPodProcess? _current;

    /// <summary>The run that is being watched; null between two of them.</summary>
    public IPodProcess? Current => _current;

    /// <summary>Runs until the end. With <paramref name="keep"/> a stop leaves the process running.</summary>
    public async Task RunAsync(Func<bool> keep, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
        {
            await (keep() ? Task.CompletedTask : StopLeftAsync());
            return;
        }

        var process = await AdoptAsync(keep, stopping);
        while (!stopping.IsCancellationRequested)
        {
            process ??= await StartAsync(stopping);
            await using (process)
            {
                var end = await WatchAsync(process, stopping);
                if (stopping.IsCancellationRequested)
                {
                    if (!keep())
                    {
                        await StopAsync(process);
                    }

                    return;
                }

                if (!await RestartsAsync(process, end, stopping))
                {
                    return;
                }
            }

            process = null;
        }
    }

    /// <summary>Nothing is to run: what an earlier life or a stop that failed left does not either.</summary>
    private async Task StopLeftAsync()
    {
        if (await driver.FindAsync(subject.Trace, CancellationToken.None) is { } left)
        {
            await using (left)
            {
                await StopAsync(left);
            }
        }
    }

    private async Task<IPodProcess> StartAsync(CancellationToken stopping)
    {
        var launch = await subject.PrepareAsync(stopping);
        OutputFile.RotateIfLarge(launch.Trace.OutputFile);
        var process = await driver.StartAsync(launch, stopping);
        Started(logger, subject.Name, process.Id);
        await subject.ReportAsync(Running(process, null), CancellationToken.None);
        return process;
    }

    /// <summary>Takes over what an earlier gateway left running, where it is proven to be that; else makes sure it is gone.</summary>
    private async Task<IPodProcess?> AdoptAsync(Func<bool> keep, CancellationToken stopping)
    {
        if (await driver.FindAsync(subject.Trace, stopping) is not { } process)
        {
            return null;
        }

        if (process.IsProven || await ProvesAsync(process, keep, stopping))
        {
            Adopted(logger, subject.Name, process.Id);
            return process;
        }

        if (!stopping.IsCancellationRequested)
        {
            NotAdopted(logger, subject.Name, process.Id);
        }

        await StopAsync(process);
        await process.DisposeAsync();
        return null;
    }

    private async Task<bool> ProvesAsync(IPodProcess process, Func<bool> keep, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(AdoptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            // One that had not answered yet when its gateway ended has left no name; that it was started for this account is known.
            var said = await subject.IdentifyAsync(either.Token);
            return process.InstanceId is null || said == process.InstanceId;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && keep())
        {
            await process.DisposeAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            // It does not say who it is; it must not stay beside a new one, nor behind a gateway that stops.
            return false;
        }
    }

    /// <summary>Waits for the end of the process, or of the supervision; meanwhile learns who it is.</summary>
    private async Task<PodEnd> WatchAsync(IPodProcess process, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _current = process;
        var introduction = IntroduceAsync(process, ended.Token);
        try
        {
            return await process.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
        finally
        {
            _current = null;
            await ended.CancelAsync();
            await introduction;
        }
    }

    private async Task IntroduceAsync(IPodProcess process, CancellationToken ended)
    {
        try
        {
            var instanceId = await subject.IdentifyAsync(ended);
            await process.RememberAsync(instanceId, ended);
            await subject.ReportAsync(Running(process, instanceId) with { Usage = await UsageAsync(process, ended) }, ended);
            await subject.ReadyAsync(ended);
        }
        catch (OperationCanceledException)
        {
            // It ended before it answered.
        }
        catch (Exception fault)
        {
            NotIntroduced(logger, fault, subject.Name);
        }
    }

    /// <summary>What it uses is told where it is known: a figure that is missing must not keep an engine from its work.</summary>
    private static async Task<PodUsage?> UsageAsync(IPodProcess process, CancellationToken ended)
    {
        try
        {
            return await process.MeasureAsync(ended);
        }
        catch (PodDriverException)
        {
            return null;
        }
    }

    private async Task<bool> RestartsAsync(IPodProcess process, PodEnd end, CancellationToken stopping)
    {
        (var decision, _policy) = _policy.Judge(end.ExitCode, time.GetUtcNow());
        await process.ForgetAsync(forGood: decision != RestartDecision.Restart, CancellationToken.None);
        Ended(logger, subject.Name, end.ExitCode, end.Reason, decision);
        var state = decision switch
        {
            RestartDecision.Restart => PodStates.Running,
            RestartDecision.Leave => PodStates.Stopped,
            _ => PodStates.Error,
        };
        await subject.ReportAsync(new PodReport(state, null, end.ExitCode, _policy.Count) { Detail = end.Reason }, CancellationToken.None);
        if (decision != RestartDecision.Restart)
        {
            return false;
        }

        await Task.Delay(RestartPolicy.Delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private async Task StopAsync(IPodProcess process)
    {
        PodEnd end;
        using var deadline = new CancellationTokenSource(subject.StopTimeout, time);
        try
        {
            await process.TerminateAsync(CancellationToken.None);
            end = await process.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Killed(logger, subject.Name);
            await process.KillAsync(CancellationToken.None);
            end = await KilledAsync(process);
        }

        await process.ForgetAsync(forGood: true, CancellationToken.None);
        Stopped(logger, subject.Name, end.ExitCode);
        await subject.ReportAsync(new PodReport(PodStates.Stopped, null, end.ExitCode, _policy.Count), CancellationToken.None);
    }

    private async Task<PodEnd> KilledAsync(IPodProcess process)
    {
        using var deadline = new CancellationTokenSource(KillTimeout, time);
        try
        {
            return await process.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            throw PodDriverException.Away($"{subject.Name} was killed, but its end was not seen within {KillTimeout.TotalSeconds} s.", late);
        }
    }

    private PodReport Running(IPodProcess process, string? instanceId) => new(
        PodStates.Running, instanceId is null ? process.Id : $"{process.Id}/{instanceId}", null, _policy.Count)
    {
        StartedAt = process.StartedAt,
    };

    [LoggerMessage(3100, LogLevel.Information, "{Name} started, process {ProcessId}")]
    private static partial void Started(ILogger logger, string name, string processId);

    [LoggerMessage(3101, LogLevel.Information, "{Name} found running, process {ProcessId}")]
    private static partial void Adopted(ILogger logger, string name, string processId);

    [LoggerMessage(3102, LogLevel.Warning, "{Name}: process {ProcessId} does not prove to be the one that was started; it is stopped")]
    private static partial void NotAdopted(ILogger logger, string name, string processId);

    [LoggerMessage(3103, LogLevel.Error, "{Name} answered, but what follows from it failed")]
    private static partial void NotIntroduced(ILogger logger, Exception fault, string name);

    [LoggerMessage(3104, LogLevel.Warning, "{Name} ended by itself with {ExitCode} {Reason}: {Decision}")]
    private static partial void Ended(ILogger logger, string name, int? exitCode, string? reason, RestartDecision decision);

    [LoggerMessage(3105, LogLevel.Warning, "{Name} did not stop in time and was killed")]
    private static partial void Killed(ILogger logger, string name);

    [LoggerMessage(3106, LogLevel.Information, "{Name} stopped with {ExitCode}")]
    private static partial void Stopped(ILogger logger, string name, int? exitCode);
}
