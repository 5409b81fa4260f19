using MaoApi.Http;

namespace MaoApi.Engines;

/// <summary>The outcome of a read that several requests may share: the engine's data, or a failure.</summary>
internal readonly record struct EngineRead(Failure? Failure, ReadOnlyMemory<byte> Data);

/// <summary>
/// One read of one engine, asked by many at once. At most one question is under way and one waits; who comes meanwhile joins the one that
/// waits, which begins after they came.
/// </summary>
internal sealed class SharedRead(EngineLink link, EngineCall call)
{
    private readonly Lock _lock = new();
    private bool _underWay;
    private TaskCompletionSource<EngineRead>? _waiting;
    private string _waitingRequestId = "";

    public Task<EngineRead> GetAsync(string requestId)
    {
        TaskCompletionSource<EngineRead> answer;
        lock (_lock)
        {
            if (_underWay)
            {
                if (_waiting is null)
                {
                    _waiting = NewAnswer();
                    _waitingRequestId = requestId;
                }

                return _waiting.Task;
            }

            _underWay = true;
            answer = NewAnswer();
        }

        _ = RunAsync(answer, requestId);
        return answer.Task;
    }

    /// <summary>Continuations run elsewhere: hundreds of requests must not be answered on the connection's reading loop.</summary>
    private static TaskCompletionSource<EngineRead> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks until nobody waits. Owned by the requests that wait for it; every fault goes to them.</summary>
    private async Task RunAsync(TaskCompletionSource<EngineRead> answer, string requestId)
    {
        for (var next = answer; next is not null; (next, requestId) = Next())
        {
            try
            {
                await using var reply = await link.SendAsync(call, requestId, CancellationToken.None);
                next.SetResult(reply.Refusal is null
                    ? new EngineRead(null, reply.Data)
                    : new EngineRead(reply.ToFailure() with { RetryAfter = link.RetryAfter }, default));
            }
            catch (Exception fault)
            {
                next.TrySetException(fault);
            }

            await BackOfQueueAsync();
        }
    }

    /// <summary>Lets the work go first that is ready now: the busier the gateway, the more readers share a question.</summary>
    private static Task BackOfQueueAsync()
    {
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }

    private (TaskCompletionSource<EngineRead>? Next, string RequestId) Next()
    {
        lock (_lock)
        {
            var next = _waiting;
            _waiting = null;
            _underWay = next is not null;
            return (next, _waitingRequestId);
        }
    }
}
