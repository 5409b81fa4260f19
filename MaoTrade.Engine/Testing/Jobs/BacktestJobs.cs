using System.Collections.Concurrent;
using System.Threading.Channels;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>
/// System tests for clients: a bounded queue, two at a time, the latest results in the account's folder. Jobs end with the
/// engine; results stay. Thread-safe.
/// </summary>
public sealed partial class BacktestJobs(string resultFolder, string marketFolder, TimeProvider time, ILogger<BacktestJobs> logger)
    : BackgroundService
{
    /// <summary>Tests that run at the same time.</summary>
    public const int AtOnce = 2;

    /// <summary>Tests that wait.</summary>
    public const int MostQueued = 16;

    /// <summary>Ended jobs, and results, that are kept.</summary>
    public const int MostEnded = 50;

    private static readonly ReportFormat[] Formats = Enum.GetValues<ReportFormat>();

    private readonly Channel<(string JobId, IReadOnlyList<string> Arguments)> _queue =
        Channel.CreateBounded<(string, IReadOnlyList<string>)>(MostQueued);

    private readonly ConcurrentDictionary<string, BacktestJob> _jobs = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();

    /// <summary>Where market data lies.</summary>
    public string MarketFolder { get; } = marketFolder;

    /// <summary>Queues a test; null when too many wait.</summary>
    public BacktestJob? Start(IReadOnlyList<string> arguments)
    {
        var job = new BacktestJob { JobId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), Created = time.GetUtcNow() };
        _jobs[job.JobId] = job;
        if (!_queue.Writer.TryWrite((job.JobId, arguments)))
        {
            _jobs.TryRemove(job.JobId, out _);
            return null;
        }

        return job;
    }

    public BacktestJob? Find(string jobId) => _jobs.GetValueOrDefault(jobId);

    /// <summary>Cancels a job that has not ended; it is cancelled when its process is gone.</summary>
    public BacktestJob? Cancel(string jobId)
    {
        if (!_jobs.TryGetValue(jobId, out var job))
        {
            return null;
        }

        if (job.State == JobState.Queued)
        {
            var cancelled = job with { State = JobState.Cancelled, Ended = time.GetUtcNow(), Message = "cancelled before it began" };
            if (_jobs.TryUpdate(jobId, cancelled, job))
            {
                return cancelled;
            }
        }

        if (_running.TryGetValue(jobId, out var stop))
        {
            stop.Cancel();
        }

        return _jobs[jobId];
    }

    /// <summary>The result of a job that is done.</summary>
    public string ResultFile(string jobId) => Path.Combine(resultFolder, jobId + ".json");

    /// <summary>The report with charts of a job that is done.</summary>
    public string ReportFileOf(string jobId, ReportFormat format) => Path.Combine(resultFolder, $"{jobId}.{format.ToString().ToLowerInvariant()}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(resultFolder);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await foreach (var (jobId, arguments) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _running[jobId] = stop;
            var waiting = _jobs[jobId];
            var begun = waiting with { State = JobState.Running, Started = time.GetUtcNow() };
            if (waiting.State == JobState.Queued && _jobs.TryUpdate(jobId, begun, waiting))
            {
                _jobs[jobId] = await RunAsync(begun, arguments, stop.Token) with { Ended = time.GetUtcNow() };
                Ended(jobId, _jobs[jobId].State, _jobs[jobId].Error ?? "");
            }

            _running.TryRemove(jobId, out _);
            Forget();
        }
    }

    private async Task<BacktestJob> RunAsync(BacktestJob job, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var unfinished = ResultFile(job.JobId) + ".part";
        try
        {
            var error = await BacktestChild.RunAsync(
                [.. arguments, .. Formats.Select(format => $"--report={ReportFileOf(job.JobId, format)}")], unfinished, progress => _jobs[job.JobId] = job with { Progress = progress }, cancellationToken);
            if (error is not null)
            {
                return job with { State = JobState.Failed, Error = error };
            }

            File.Move(unfinished, ResultFile(job.JobId));
            return job with { State = JobState.Done, Progress = 1 };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return job with { State = JobState.Cancelled, Progress = _jobs[job.JobId].Progress, Message = "cancelled" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return job with { State = JobState.Failed, Error = exception.Message };
        }
        finally
        {
            File.Delete(unfinished);
            if (!File.Exists(ResultFile(job.JobId)))
            {
                DeleteReports(job.JobId);
            }
        }
    }

    /// <summary>The oldest ended jobs and results make room; names of jobs grow with time.</summary>
    private void Forget()
    {
        foreach (var job in _jobs.Values.Where(job => job.IsEnded).OrderByDescending(job => job.JobId, StringComparer.Ordinal).Skip(MostEnded))
        {
            _jobs.TryRemove(job.JobId, out _);
        }

        foreach (var file in Directory.EnumerateFiles(resultFolder, "*.json").OrderDescending(StringComparer.Ordinal).Skip(MostEnded))
        {
            File.Delete(file);
            DeleteReports(Path.GetFileNameWithoutExtension(file));
        }
    }

    private void DeleteReports(string jobId)
    {
        foreach (var format in Formats)
        {
            File.Delete(ReportFileOf(jobId, format));
        }
    }

    [LoggerMessage(2050, LogLevel.Information, "System test {JobId}: {State} {Error}")]
    private partial void Ended(string jobId, JobState state, string error);
}
