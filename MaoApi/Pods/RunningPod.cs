namespace MaoApi.Pods;

/// <summary>A process of the fleet and the task that looks after it.</summary>
internal sealed partial class RunningPod : IAsyncDisposable
{
    /// <summary>How long a fault of the supervision itself, such as a database that is away, is left to pass; twice as long each time.</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly ISupervised _subject;
    private readonly SupervisedProcess _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _supervision;

    /// <summary>Begins to look after a process.</summary>
    /// <param name="subject">What runs.</param>
    /// <param name="process">Its supervision.</param>
    /// <param name="ended">Called when nobody looks after it any more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where faults of the supervision are told.</param>
    /// <param name="stops">Whether it is only to be made sure that nothing runs.</param>
    public RunningPod(ISupervised subject, SupervisedProcess process, Action ended, TimeProvider time, ILogger logger, bool stops = false)
    {
        _subject = subject;
        _process = process;
        _time = time;
        _logger = logger;
        if (stops)
        {
            RequestStop();
        }

        _supervision = SuperviseAsync(ended);
    }

    /// <summary>Nobody looks after it any more: it was stopped, ended as it should, or was given up.</summary>
    public bool HasEnded => _supervision.IsCompleted;

    public bool IsStopped => _stopping.IsCancellationRequested && HasEnded;

    /// <summary>The run that is being watched; null where none is.</summary>
    public IPodProcess? Current => _process.Current;

    public void RequestStop() => _stopping.Cancel();

    /// <summary>Ends the supervision, and with it the process unless it is to be kept.</summary>
    public async Task StopAsync(bool keep)
    {
        if (keep)
        {
            await _leaving.CancelAsync();
        }

        RequestStop();
        await _supervision;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(keep: true);
        _stopping.Dispose();
        _leaving.Dispose();
    }

    public void RotateOutput()
    {
        if (_subject is EnginePod)
        {
            OutputFile.RotateIfLarge(_subject.Trace.OutputFile);
        }
    }

    private async Task SuperviseAsync(Action ended)
    {
        for (var retry = FirstRetry; !await RunAsync(); retry = TimeSpan.FromTicks(Math.Min(2 * retry.Ticks, LastRetry.Ticks)))
        {
            // A stop is tried at once, and again until nobody wants it any more.
            var token = _stopping.IsCancellationRequested ? _leaving.Token : _stopping.Token;
            await Task.Delay(retry, _time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ended();
    }

    /// <summary>Returns whether it is over; after a fault the next try goes on with the process that still runs.</summary>
    private async Task<bool> RunAsync()
    {
        try
        {
            await _process.RunAsync(() => _leaving.IsCancellationRequested, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped before the process had started.
        }
        catch (Exception fault)
        {
            if (fault is PodDriverException)
            {
                InTrouble(_logger, _subject.Name, fault.Message);
            }
            else
            {
                SupervisionFailed(_logger, fault, _subject.Name);
            }

            await TellAsync(fault);
            return _leaving.IsCancellationRequested;
        }

        return true;
    }

    private async Task TellAsync(Exception fault)
    {
        if (fault is not PodDriverException trouble)
        {
            return;
        }

        try
        {
            await _subject.TroubledAsync(trouble, CancellationToken.None);
        }
        catch (Exception untold)
        {
            SupervisionFailed(_logger, untold, _subject.Name);
        }
    }

    [LoggerMessage(3127, LogLevel.Error, "{Name} cannot be looked after, which is tried again: {Reason}")]
    private static partial void InTrouble(ILogger logger, string name, string reason);

    [LoggerMessage(3121, LogLevel.Error, "Looking after {Name} failed; tried again")]
    private static partial void SupervisionFailed(ILogger logger, Exception fault, string name);
}
