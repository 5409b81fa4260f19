using System.Collections.Concurrent;
using MaoApi.Data.Entities;

namespace MaoApi.Jobs;

/// <summary>
/// Does the jobs, in a process with the role <c>data</c>: looks once a second for what is due, takes as much as the lanes have places,
/// and tells every few seconds that what it took is alive. The loop owns the lanes' places.
/// </summary>
internal sealed partial class JobRunner(
    IEnumerable<IJob> jobs, IEnumerable<IJobKind> kinds, JobBook book, TimeProvider time, ILogger<JobRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HoldInterval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, IJob> _jobs = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IJobKind> _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, (string Lane, Task Work)> _running = new();
    private TaskCompletionSource _look = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Looks now rather than within a second.</summary>
    public void LookNow() => Volatile.Read(ref _look).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var isKnown = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _look, look);
            try
            {
                if (!isKnown)
                {
                    await book.EnsureAsync(_jobs.Values, stoppingToken);
                    isKnown = true;
                }

                await book.RescueAsync(stoppingToken);
                await book.PlanAsync(stoppingToken);
                await FillAsync(stoppingToken);
                await book.CountAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                RoundFailed(logger, fault);
            }

            await look.Task.WaitAsync(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Values.Select(run => run.Work));
    }

    private async Task FillAsync(CancellationToken stopping)
    {
        foreach (var (lane, places) in JobLanes.Places)
        {
            for (var free = places - _running.Values.Count(run => run.Lane == lane); free > 0; free--)
            {
                if (await book.TakeAsync(lane, stopping) is not { } run)
                {
                    break;
                }

                _running[run.Id] = (lane, Task.Run(() => WorkAsync(run, stopping), CancellationToken.None));
            }
        }
    }

    private async Task WorkAsync(JobRun run, CancellationToken stopping)
    {
        var progress = new JobProgress();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var holding = HoldAsync(run.Id, progress, ending);
        try
        {
            var (state, message, error) = await DoAsync(run, progress, ending.Token);
            await ending.CancelAsync();
            await holding;
            if (state == JobStates.Cancelled && stopping.IsCancellationRequested)
            {
                await book.ReturnAsync(run.Id, CancellationToken.None);
            }
            else
            {
                await book.EndAsync(run.Id, state, message, error, CancellationToken.None);
            }
        }
        catch (Exception fault)
        {
            // What became of the run could not be written down: when its time is over it is taken up again.
            NotEnded(logger, fault, run.Kind, run.JobId);
        }
        finally
        {
            _running.TryRemove(run.Id, out _);
            LookNow();
        }
    }

    private async Task<(string State, string Message, string? Error)> DoAsync(JobRun run, JobProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var work = _jobs.TryGetValue(run.Kind, out var job) ? job.RunAsync(progress, cancellationToken)
                : _kinds.TryGetValue(run.Kind, out var kind) ? kind.RunAsync(run.Arguments, progress, cancellationToken)
                : throw new JobFindingException($"nothing here knows how to do {run.Kind}");
            return (JobStates.Done, await work, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (JobStates.Cancelled, progress.Message, null);
        }
        catch (Exception fault)
        {
            Faulted(logger, fault, run.Kind, run.JobId);
            return (JobStates.Failed, progress.Message, fault.Message);
        }
    }

    /// <summary>Keeps the run held; ends it where somebody asked for that, or where it is not ours any more.</summary>
    private async Task HoldAsync(int runKey, JobProgress progress, CancellationTokenSource ending)
    {
        while (true)
        {
            await Task.Delay(HoldInterval, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested)
            {
                return;
            }

            try
            {
                if (!await book.HoldAsync(runKey, progress, CancellationToken.None))
                {
                    await ending.CancelAsync();
                }
            }
            catch (Exception fault)
            {
                RoundFailed(logger, fault);
            }
        }
    }

    [LoggerMessage(3421, LogLevel.Error, "Looking after the jobs failed; tried again in a moment")]
    private static partial void RoundFailed(ILogger logger, Exception fault);

    [LoggerMessage(3422, LogLevel.Error, "How job {Name}, run {JobId}, ended could not be stored")]
    private static partial void NotEnded(ILogger logger, Exception fault, string name, string jobId);

    [LoggerMessage(3423, LogLevel.Warning, "Job {Name}, run {JobId}, ended with a fault")]
    private static partial void Faulted(ILogger logger, Exception fault, string name, string jobId);
}
