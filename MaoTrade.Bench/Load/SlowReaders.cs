using System.Net;

namespace MaoTrade.Bench.Load;

/// <summary>Many downloads at once: each reads slowly until all have begun and for a while after, then as fast as it can.</summary>
internal sealed class SlowReaders(EndPoint server, byte[] request, PayloadHeadReader head, int count) : IDisposable
{
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(200);

    private readonly CountdownEvent _begun = new(count);
    private readonly CountdownEvent _ended = new(count);
    private readonly ManualResetEventSlim _released = new();
    private volatile Exception? _fault;
    private long _bytes;

    /// <summary>Bytes of payload received by all.</summary>
    public long PayloadBytes => Interlocked.Read(ref _bytes);

    public void Start()
    {
        for (var i = 0; i < count; i++)
        {
            new Thread(Download) { IsBackground = true, Name = "download" }.Start();
        }
    }

    /// <summary>Waits until every download has its first byte.</summary>
    public void WaitUntilAllRead(TimeSpan timeout) =>
        ThrowUnless(_begun.Wait(timeout), $"after {timeout.TotalSeconds:F0} s only {count - _begun.CurrentCount} of {count} downloads had begun");

    /// <summary>Lets the readers hurry and waits for the last byte of each.</summary>
    public void Finish(TimeSpan timeout)
    {
        _released.Set();
        ThrowUnless(_ended.Wait(timeout), $"after {timeout.TotalSeconds:F0} s {_ended.CurrentCount} of {count} downloads had not ended");
    }

    public void Dispose()
    {
        _released.Set();
        _begun.Dispose();
        _ended.Dispose();
        _released.Dispose();
    }

    private void ThrowUnless(bool isDone, string otherwise)
    {
        if (_fault is { } fault)
        {
            throw new BenchException($"a download failed: {fault.Message}", fault);
        }

        if (!isDone)
        {
            throw new BenchException(otherwise);
        }
    }

    private void Download()
    {
        var hasBegun = false;
        try
        {
            using var connection = new DownloadConnection(server, request, head);
            var transfer = connection.Receive(() =>
            {
                if (!hasBegun)
                {
                    hasBegun = true;
                    _begun.Signal();
                }

                if (!_released.IsSet)
                {
                    _released.Wait(SlowPause);
                }
            });
            Interlocked.Add(ref _bytes, transfer.PayloadBytes);
        }
#pragma warning disable CA1031 // The one boundary of the thread: whoever waits rethrows it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = fault;
            if (!hasBegun)
            {
                _begun.Signal();
            }
        }

        _ended.Signal();
    }
}
