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
    /// <summary>Readers of one question; an engine that stalls must not hold every place the gateway has for requests.</summary>
    public const int MaxReaders = 128;

    private static readonly Task<EngineRead> TooMany = Task.FromResult(new EngineRead(Failure.Of(ApiCodes.WireBusy), default));

    private readonly Lock _lock = new();
    private bool _underWay;
    private SharedQuestion? _waiting;

    public Task<EngineRead> GetAsync(string requestId)
    {
        SharedQuestion question;
        Task<EngineRead> answer;
        lock (_lock)
        {
            if (_underWay)
            {
                _waiting ??= new SharedQuestion(requestId);
                return _waiting.Readers < MaxReaders ? _waiting.Join() : TooMany;
            }

            _underWay = true;
            question = new SharedQuestion(requestId);
            answer = question.Join();
        }

        _ = RunAsync(question);
        return answer;
    }

    /// <summary>Asks until nobody waits. Owned by the requests that wait for it; every fault goes to them.</summary>
    private async Task RunAsync(SharedQuestion first)
    {
        for (var question = first; question is not null; question = Next())
        {
            try
            {
                await using var reply = await link.SendAsync(call, question.RequestId, question.Cause, CancellationToken.None);
                question.Answer(reply.Refusal is null
                    ? new EngineRead(null, reply.Data)
                    : new EngineRead(reply.ToFailure() with { RetryAfter = link.RetryAfter }, default));
            }
            catch (Exception fault)
            {
                question.Fail(fault);
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

    private SharedQuestion? Next()
    {
        lock (_lock)
        {
            var next = _waiting;
            _waiting = null;
            _underWay = next is not null;
            return next;
        }
    }
}
