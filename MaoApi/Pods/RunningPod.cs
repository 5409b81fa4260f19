namespace MaoApi.Pods;

/// <summary>A process of the fleet and the task that looks after it.</summary>
internal sealed partial class RunningPod : IDisposable
{
    /// <summary>How long a fault of the supervision itself, such as a database that is away, is left to pass.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ISupervised _subject;
    private readonly Func<bool> _keep;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _supervision;

    /// <summary>Begins to look after a process.</summary>
    /// <param name="subject">What runs.</param>
    /// <param name="process">Its supervision.</param>
    /// <param name="keep">Whether a stop leaves the process running.</param>
    /// <param name="ended">Called when nobody looks after it any more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where faults of the supervision are told.</param>
    public RunningPod(ISupervised subject, SupervisedProcess process, Func<bool> keep, Action ended, TimeProvider time, ILogger logger)
    {
        _subject = subject;
        _keep = keep;
        _time = time;
        _logger = logger;
        _supervision = SuperviseAsync(process, ended);
    }

    /// <summary>Nobody looks after it any more: it was stopped, ended as it should, or was given up.</summary>
    public bool HasEnded => _supervision.IsCompleted;

    public bool IsStopped => _stopping.IsCancellationRequested && HasEnded;

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

    private async Task SuperviseAsync(SupervisedProcess process, Action ended)
    {
        while (!await RunAsync(process))
        {
            await Task.Delay(RetryInterval, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ended();
    }

    /// <summary>Returns whether it is over; after a fault the next try goes on with the process that still runs.</summary>
    private async Task<bool> RunAsync(SupervisedProcess process)
    {
        try
        {
            await process.RunAsync(_keep, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped before the process had started.
        }
        catch (Exception fault)
        {
            SupervisionFailed(_logger, fault, _subject.Name);
            return false;
        }

        return true;
    }

    [LoggerMessage(3121, LogLevel.Error, "Looking after {Name} failed; tried again in a second")]
    private static partial void SupervisionFailed(ILogger logger, Exception fault, string name);
}
