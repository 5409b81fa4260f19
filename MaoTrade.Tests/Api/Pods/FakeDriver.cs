using System.Threading.Channels;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>Processes that only exist here; found again by their record, as processes of the machine are.</summary>
internal sealed class FakeDriver : IPodDriver
{
    private readonly Channel<FakeProcess> _started = Channel.CreateUnbounded<FakeProcess>();
    private readonly List<FakeProcess> _left = [];
    private int _count;

    public string Name => "fake";

    public bool KeepsEngines { get; init; }

    public int Started => Volatile.Read(ref _count);

    /// <summary>What every call of the driver fails with.</summary>
    public PodDriverException? Fault { get; set; }

    /// <summary>What measuring any of its processes fails with.</summary>
    public PodDriverException? MeasureFault { get; set; }

    public Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken) => Task.FromResult(PodPlace.ThisMachine);

    public Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        var process = new FakeProcess(new ProcessIdentity(1000 + Interlocked.Increment(ref _count), 1, "boot"), launch.Trace.RecordFile, null) { MeasureFault = MeasureFault };
        new PodRecord(process.Identity, null).Write(launch.Trace.RecordFile);
        _left.Add(process);
        _started.Writer.TryWrite(process);
        return Task.FromResult<IPodProcess>(process);
    }

    public Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        return Task.FromResult<IPodProcess?>(
            PodRecord.Read(trace.RecordFile) is { } record && _left.Find(process => process.Identity == record.Process && !process.HasEnded) is { } left
                ? left.Again(record.InstanceId, trace.RecordFile)
                : null);
    }

    public Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task RemoveAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<FakeProcess> NextAsync() => _started.Reader.ReadAsync().AsTask().Within("no process was started");

    /// <summary>A process that runs already.</summary>
    public FakeProcess Leave(ProcessIdentity identity)
    {
        var process = new FakeProcess(identity, "", null);
        process.OnTerminate = () => process.End(0);
        _left.Add(process);
        return process;
    }

    private void ThrowIfFaulty()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}

internal sealed class FakeProcess(ProcessIdentity identity, string recordFile, string? instanceId) : IPodProcess
{
    private readonly TaskCompletionSource<int?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _recordFile = recordFile;

    public ProcessIdentity Identity => identity;

    public string Id => $"{identity.ProcessId}";

    public DateTimeOffset? StartedAt => null;

    public bool IsProven => false;

    public string? InstanceId { get; private set; } = instanceId;

    public string? Detail => null;

    public bool HasEnded => _end.Task.IsCompleted;

    public bool Terminated { get; private set; }

    public bool Killed { get; private set; }

    public Action OnTerminate { get; set; } = () => { };

    public PodDriverException? MeasureFault { get; init; }

    public void End(int? exitCode) => _end.TrySetResult(exitCode);

    /// <summary>The same process, seen by who comes back to it.</summary>
    public FakeProcess Again(string? recorded, string recordFile)
    {
        InstanceId = recorded;
        _recordFile = recordFile;
        return this;
    }

    public async Task<PodEnd> WaitAsync(CancellationToken cancellationToken) => new(await _end.Task.WaitAsync(cancellationToken));

    public Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken) =>
        MeasureFault is null ? Task.FromResult<PodUsage?>(new PodUsage(1.5, 64_000_000)) : Task.FromException<PodUsage?>(MeasureFault);

    public Task RememberAsync(string? instanceId, CancellationToken cancellationToken)
    {
        new PodRecord(identity, instanceId).Write(_recordFile);
        return Task.CompletedTask;
    }

    public Task TerminateAsync(CancellationToken cancellationToken)
    {
        Terminated = true;
        OnTerminate();
        return Task.CompletedTask;
    }

    public Task KillAsync(CancellationToken cancellationToken)
    {
        Killed = true;
        End(137);
        return Task.CompletedTask;
    }

    public Task ForgetAsync(bool forGood, CancellationToken cancellationToken)
    {
        File.Delete(_recordFile);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Answers at once that it is <c>instance-1</c>.</summary>
internal sealed class FakeSubject(TemporaryFolder folder) : ISupervised
{
    private readonly List<PodReport> _reports = [];

    public string Name => "fake";

    public TimeSpan StopTimeout => TimeSpan.FromSeconds(8);

    public PodTrace Trace { get; } = new("one", Path.Combine(folder.Path, "pod.json"), Path.Combine(folder.Path, "out"));

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

    public Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult(new PodLaunch(Name, "fake", [], Trace));

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

    public Task TroubledAsync(PodDriverException trouble, CancellationToken cancellationToken) => Task.CompletedTask;
}
