using System.Diagnostics;

namespace MaoTrade.Bench.Load;

/// <summary>A thread per connection; all begin together, and each ends with the batch that is under way when the time is over.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly LoadPlan _plan;
    private readonly Worker[] _workers;
    private readonly Barrier _begin;
    private readonly Barrier _end;
    private long _until;
    private volatile bool _isOver;

    public LoadClient(LoadPlan plan)
    {
        _plan = plan;
        _begin = new Barrier(plan.Connections + 1);
        _end = new Barrier(plan.Connections + 1);
        _workers = [.. Enumerable.Range(0, plan.Connections).Select(index => new Worker(
            new LoadConnection(plan.Server, plan.Counter()), Share(plan, index)))];
        foreach (var worker in _workers)
        {
            new Thread(() => Work(worker)) { IsBackground = true, Name = "load" }.Start();
        }
    }

    /// <summary>Loads the server for a time.</summary>
    /// <returns>Requests answered, and how long it took.</returns>
    /// <exception cref="BenchException">A connection failed.</exception>
    public (long Requests, TimeSpan Elapsed) Run(TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        _until = started + (long)(time.TotalSeconds * Stopwatch.Frequency);
        _begin.SignalAndWait();
        _end.SignalAndWait();
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (_workers.FirstOrDefault(worker => worker.Fault is not null)?.Fault is { } fault)
        {
            throw new BenchException($"load on {_plan.Server}: {fault.Message}", fault);
        }

        return (_workers.Sum(worker => worker.Batches) * _plan.Depth, elapsed);
    }

    public void Dispose()
    {
        _isOver = true;
        _begin.SignalAndWait();
        _end.SignalAndWait();
        _begin.Dispose();
        _end.Dispose();
    }

    private static IReadOnlyList<byte[]> Share(LoadPlan plan, int connection)
    {
        var count = plan.Batches.Count;
        return count < plan.Connections
            ? plan.Batches
            : [.. plan.Batches.Take((count * connection / plan.Connections)..(count * (connection + 1) / plan.Connections))];
    }

    private void Work(Worker worker)
    {
        using var connection = worker.Connection;
        while (true)
        {
            _begin.SignalAndWait();
            if (_isOver)
            {
                _end.SignalAndWait();
                return;
            }

            worker.Batches = 0;
            try
            {
                while (worker.Fault is null && Stopwatch.GetTimestamp() < _until)
                {
                    connection.Exchange(_plan.Make?.Invoke() ?? worker.Next(), _plan.Depth);
                    worker.Batches++;
                }
            }
#pragma warning disable CA1031 // The one boundary of the thread: the run rethrows it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                worker.Fault = fault;
            }

            _end.SignalAndWait();
        }
    }

    private sealed class Worker(LoadConnection connection, IReadOnlyList<byte[]> share)
    {
        private int _next;

        public LoadConnection Connection { get; } = connection;

        public long Batches { get; set; }

        public Exception? Fault { get; set; }

        /// <summary>The batch that is sent next.</summary>
        public byte[] Next()
        {
            var batch = share[_next];
            _next = (_next + 1) % share.Count;
            return batch;
        }
    }
}
