using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Bench.Load;

/// <summary>
/// Requests at fixed times, whatever the server does: a request that had to wait for a connection counts from the time it was due, so a slow
/// server cannot hide by slowing its clients.
/// </summary>
internal sealed class PacedClient(IPEndPoint server, int connections, double perSecond, IReadOnlyList<byte[]> requests)
{
    /// <summary>Nobody sets it: waiting for it is sleeping.</summary>
    private static readonly ManualResetEventSlim Never = new();

    /// <summary>Sends for a time, then waits for what is under way.</summary>
    public PacedResult Run(TimeSpan time)
    {
        var pace = new Pace(Stopwatch.GetTimestamp(), time, perSecond, requests);
        var workers = Enumerable.Range(0, connections).Select(_ => new Worker(server, pace)).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return new PacedResult([.. workers.SelectMany(worker => worker.Milliseconds).Order()], workers.Sum(worker => worker.Failures));
    }

    private sealed class Pace(long start, TimeSpan time, double perSecond, IReadOnlyList<byte[]> requests)
    {
        private readonly long _count = (long)(time.TotalSeconds * perSecond);
        private long _next = -1;

        /// <summary>The next request and when it is due; null when the time is over.</summary>
        public (byte[] Request, long Due)? Next()
        {
            var number = Interlocked.Increment(ref _next);
            return number < _count
                ? (requests[(int)(number % requests.Count)], start + (long)(number / perSecond * Stopwatch.Frequency))
                : null;
        }
    }

    private sealed class Worker(IPEndPoint server, Pace pace)
    {
        private HttpReplies _replies = new(acceptsFailures: true);
        private long _failures;
        private Thread? _thread;
        private Exception? _fault;

        public List<double> Milliseconds { get; } = [];

        /// <summary>Answers other than 200, and connections that broke.</summary>
        public long Failures => _failures + _replies.Failures;

        public void Start()
        {
            _thread = new Thread(Work) { IsBackground = true, Name = "paced" };
            _thread.Start();
        }

        public void Join()
        {
            _thread!.Join();
            if (_fault is not null)
            {
                throw new BenchException($"load on {server}: {_fault.Message}", _fault);
            }
        }

        private void Work()
        {
            LoadConnection? connection = null;
            try
            {
                connection = new LoadConnection(server, _replies);
                while (pace.Next() is var (request, due))
                {
                    // Waking up late is the client's own fault; being busy when it was due is the server's.
                    var began = due;
                    if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var early && early > TimeSpan.Zero)
                    {
                        Never.Wait(early);
                        began = Stopwatch.GetTimestamp();
                    }

                    try
                    {
                        connection.Exchange(request, 1);
                    }
                    catch (Exception broken) when (broken is SocketException or BenchException)
                    {
                        connection.Dispose();
                        _failures += 1 + _replies.Failures;
                        _replies = new HttpReplies(acceptsFailures: true);
                        connection = new LoadConnection(server, _replies);
                    }

                    Milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
#pragma warning disable CA1031 // The one boundary of the thread: joining rethrows it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _fault = fault;
            }
            finally
            {
                connection?.Dispose();
            }
        }
    }
}
