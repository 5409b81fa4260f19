using System.Threading.Channels;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>Processes that only exist here.</summary>
internal sealed class FakeDriver : IPodDriver
{
    private readonly Channel<FakeProcess> _started = Channel.CreateUnbounded<FakeProcess>();
    private readonly List<FakeProcess> _left = [];
    private int _count;

    public string Name => "fake";

    public int Started => Volatile.Read(ref _count);

    public IPodProcess Start(PodLaunch launch)
    {
        var process = new FakeProcess(new ProcessIdentity(1000 + Interlocked.Increment(ref _count), 1, "boot"));
        _started.Writer.TryWrite(process);
        return process;
    }

    public IPodProcess? Find(ProcessIdentity identity) => _left.Find(process => process.Identity == identity);

    public PodUsage? Measure(ProcessIdentity identity) => null;

    public Task<FakeProcess> NextAsync() => _started.Reader.ReadAsync().AsTask().Within("no process was started");

    /// <summary>A process that runs already.</summary>
    public FakeProcess Leave(ProcessIdentity identity)
    {
        var process = new FakeProcess(identity);
        process.OnTerminate = () => process.End(0);
        _left.Add(process);
        return process;
    }
}

internal sealed class FakeProcess(ProcessIdentity identity) : IPodProcess
{
    private readonly TaskCompletionSource<int?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessIdentity Identity => identity;

    public bool Terminated { get; private set; }

    public bool Killed { get; private set; }

    public Action OnTerminate { get; set; } = () => { };

    public void End(int? exitCode) => _end.TrySetResult(exitCode);

    public Task<int?> WaitAsync(CancellationToken cancellationToken) => _end.Task.WaitAsync(cancellationToken);

    public void Terminate()
    {
        Terminated = true;
        OnTerminate();
    }

    public void Kill()
    {
        Killed = true;
        End(137);
    }

    public void Dispose()
    {
    }
}

/// <summary>Answers at once that it is <c>instance-1</c>.</summary>
internal sealed class FakeSubject(TemporaryFolder folder) : ISupervised
{
    private readonly List<PodReport> _reports = [];

    public string Name => "fake";

    public TimeSpan StopTimeout => TimeSpan.FromSeconds(8);

    public string RecordFile { get; } = Path.Combine(folder.Path, "pod.json");

    public bool IsReady { get; private set; }

    public IReadOnlyList<PodReport> Reports
    {
        get
        {
            lock (_reports)
            {
                return [.. _reports];
            }
        }
    }

    public Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new PodLaunch(Name, "fake", [], Path.Combine(folder.Path, "out")));

    public Task<string?> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult<string?>("instance-1");

    public Task ReportAsync(PodReport report, CancellationToken cancellationToken)
    {
        lock (_reports)
        {
            _reports.Add(report);
        }

        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        IsReady = true;
        return Task.CompletedTask;
    }
}
