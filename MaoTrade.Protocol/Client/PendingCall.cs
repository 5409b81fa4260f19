using System.Threading.Tasks.Sources;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// A request that waits for its reply on a pipelined connection. Whoever takes it out of the connection's table, under
/// the connection's lock, completes it; used again when its caller has the result.
/// </summary>
internal sealed class PendingCall : IValueTaskSource<ProxyReply>
{
    private const int KeepPerThread = 64;

    [ThreadStatic]
    private static Stack<PendingCall>? _free;

    private ManualResetValueTaskSourceCore<ProxyReply> _core = new() { RunContinuationsAsynchronously = true };

    public ulong Id { get; set; }

    public long MaxPayloadBytes { get; set; }

    /// <summary>Timestamp at which the caller waits no longer.</summary>
    public long DeadlineTimestamp { get; set; }

    /// <summary>Whether bytes of it can have reached the engine; set before it completes.</summary>
    public bool Sent { get; set; }

    public ValueTask<ProxyReply> Reply => new(this, _core.Version);

    /// <summary>Completes it; its caller goes on on another thread.</summary>
    public void Complete(ProxyReply reply) => _core.SetResult(reply);

    /// <summary>Completes it; its caller goes on on this thread, which must have nothing else to do.</summary>
    public void CompleteHere(ProxyReply reply)
    {
        _core.RunContinuationsAsynchronously = false;
        _core.SetResult(reply);
    }

    public static PendingCall Rent() => _free is { } free && free.TryPop(out var used) ? used : new PendingCall();

    /// <summary>The caller has the result: the object may serve another call.</summary>
    public void Return()
    {
        _core.Reset();
        _core.RunContinuationsAsynchronously = true;
        Sent = false;
        _free ??= new Stack<PendingCall>();
        if (_free.Count < KeepPerThread)
        {
            _free.Push(this);
        }
    }

    public ProxyReply GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
