using MaoApi.Data.Entities;

namespace MaoApi.Pods;

/// <summary>What differs between the processes that are kept running.</summary>
internal interface ISupervised
{
    string Name { get; }

    /// <summary>How long it may take to stop when asked; then it is killed, which it must be safe against.</summary>
    TimeSpan StopTimeout { get; }

    /// <summary>Where its record is kept.</summary>
    string RecordFile { get; }

    /// <summary>Makes everything the process finds when it starts.</summary>
    Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What the process calls itself, as soon as it answers; null where it has no name. Waits until it does.</summary>
    Task<string?> IdentifyAsync(CancellationToken cancellationToken);

    Task ReportAsync(PodReport report, CancellationToken cancellationToken);

    /// <summary>The process answers. Called once for each process.</summary>
    Task ReadyAsync(CancellationToken cancellationToken);
}

/// <summary>Keeps one process running until it is stopped, ends as it should, or is given up.</summary>
internal sealed partial class SupervisedProcess(ISupervised subject, IPodDriver driver, TimeProvider time, ILogger<SupervisedProcess> logger)
{
    /// <summary>How long an adopted process may take to say who it is.</summary>
    private static readonly TimeSpan AdoptTimeout = TimeSpan.FromSeconds(3);

    private RestartPolicy _policy = new();

    /// <summary>Runs until the end. With <paramref name="keep"/> a stop leaves the process running.</summary>
    public async Task RunAsync(Func<bool> keep, CancellationToken stopping)
    {
        var process = await AdoptAsync(keep, stopping);
        while (!stopping.IsCancellationRequested)
        {
            process ??= await StartAsync(stopping);
            using (process)
            {
                var exitCode = await WatchAsync(process, stopping);
                if (stopping.IsCancellationRequested)
                {
                    if (!keep())
                    {
                        await StopAsync(process);
                    }

                    return;
                }

                if (!await RestartsAsync(exitCode, stopping))
                {
                    return;
                }
            }

            process = null;
        }
    }

    private async Task<IPodProcess> StartAsync(CancellationToken stopping)
    {
        var launch = await subject.PrepareAsync(stopping);
        OutputFile.RotateIfLarge(launch.OutputFile);
        var process = driver.Start(launch);
        new PodRecord(process.Identity, null).Write(subject.RecordFile);
        Started(logger, subject.Name, process.Identity.ProcessId);
        await subject.ReportAsync(Running(process, null), CancellationToken.None);
        return process;
    }

    /// <summary>Takes over what an earlier gateway left running, where it is proven to be that; else makes sure it is gone.</summary>
    private async Task<IPodProcess?> AdoptAsync(Func<bool> keep, CancellationToken stopping)
    {
        if (PodRecord.Read(subject.RecordFile) is not { } record || driver.Find(record.Process) is not { } process)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(AdoptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            if (await subject.IdentifyAsync(either.Token) == record.InstanceId)
            {
                Adopted(logger, subject.Name, record.Process.ProcessId);
                return process;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && keep())
        {
            process.Dispose();
            throw;
        }
        catch (OperationCanceledException)
        {
            // It does not say who it is; it must not stay beside a new one, nor behind a gateway that stops.
        }

        if (!stopping.IsCancellationRequested)
        {
            NotAdopted(logger, subject.Name, record.Process.ProcessId);
        }

        await StopAsync(process);
        process.Dispose();
        return null;
    }

    /// <summary>Waits for the end of the process, or of the supervision; meanwhile learns who it is.</summary>
    private async Task<int?> WatchAsync(IPodProcess process, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var introduction = IntroduceAsync(process, ended.Token);
        try
        {
            return await process.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            await ended.CancelAsync();
            await introduction;
        }
    }

    private async Task IntroduceAsync(IPodProcess process, CancellationToken ended)
    {
        try
        {
            var instanceId = await subject.IdentifyAsync(ended);
            new PodRecord(process.Identity, instanceId).Write(subject.RecordFile);
            await subject.ReportAsync(Running(process, instanceId), ended);
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

    private async Task<bool> RestartsAsync(int? exitCode, CancellationToken stopping)
    {
        (var decision, _policy) = _policy.Judge(exitCode, time.GetUtcNow());
        File.Delete(subject.RecordFile);
        Ended(logger, subject.Name, exitCode, decision);
        var state = decision switch
        {
            RestartDecision.Restart => PodStates.Running,
            RestartDecision.Leave => PodStates.Stopped,
            _ => PodStates.Error,
        };
        await subject.ReportAsync(new PodReport(state, null, exitCode, _policy.Count), CancellationToken.None);
        if (decision != RestartDecision.Restart)
        {
            return false;
        }

        await Task.Delay(RestartPolicy.Delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private async Task StopAsync(IPodProcess process)
    {
        process.Terminate();
        int? exitCode;
        using var deadline = new CancellationTokenSource(subject.StopTimeout, time);
        try
        {
            exitCode = await process.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Killed(logger, subject.Name);
            process.Kill();
            exitCode = await process.WaitAsync(CancellationToken.None);
        }

        File.Delete(subject.RecordFile);
        Stopped(logger, subject.Name, exitCode);
        await subject.ReportAsync(new PodReport(PodStates.Stopped, null, exitCode, _policy.Count), CancellationToken.None);
    }

    private PodReport Running(IPodProcess process, string? instanceId) => new(
        PodStates.Running, instanceId is null ? $"{process.Identity.ProcessId}" : $"{process.Identity.ProcessId}/{instanceId}", null, _policy.Count);

    [LoggerMessage(3100, LogLevel.Information, "{Name} started, process {ProcessId}")]
    private static partial void Started(ILogger logger, string name, int processId);

    [LoggerMessage(3101, LogLevel.Information, "{Name} found running, process {ProcessId}")]
    private static partial void Adopted(ILogger logger, string name, int processId);

    [LoggerMessage(3102, LogLevel.Warning, "{Name}: process {ProcessId} does not prove to be the one that was started; it is stopped")]
    private static partial void NotAdopted(ILogger logger, string name, int processId);

    [LoggerMessage(3103, LogLevel.Error, "{Name} answered, but what follows from it failed")]
    private static partial void NotIntroduced(ILogger logger, Exception fault, string name);

    [LoggerMessage(3104, LogLevel.Warning, "{Name} ended by itself with {ExitCode}: {Decision}")]
    private static partial void Ended(ILogger logger, string name, int? exitCode, RestartDecision decision);

    [LoggerMessage(3105, LogLevel.Warning, "{Name} did not stop in time and was killed")]
    private static partial void Killed(ILogger logger, string name);

    [LoggerMessage(3106, LogLevel.Information, "{Name} stopped with {ExitCode}")]
    private static partial void Stopped(ILogger logger, string name, int? exitCode);
}
