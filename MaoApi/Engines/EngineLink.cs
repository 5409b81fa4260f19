using System.Diagnostics;
using System.Threading.RateLimiting;
using MaoApi.Http;
using MaoApi.Telemetry;
using MaoTrade.Protocol.Client;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MaoApi.Engines;

/// <summary>
/// The way to one engine: bulkhead → retry → circuit → time-out → wire. Each account has its own, so a dead engine slows nobody else's.
/// </summary>
internal sealed class EngineLink : IAsyncDisposable
{
    /// <summary>Enough for one engine, which answers one command at a time; more only wait in another place.</summary>
    private const int MaxCalls = 64;

    /// <summary>Together with the readers of <see cref="SharedRead"/> well below the requests the gateway bears: a stalled engine fills no more.</summary>
    private const int MaxWaiting = 96;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>The wire's own deadline is time to live + 5 s (60 s to the first byte of a payload); this one only guards the guard.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(75);

    private static readonly ResiliencePropertyKey<EngineCall> CallKey = new("call");

    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly MTProxy _proxy;
    private readonly ICircuit _circuit;
    private readonly ResiliencePipeline<EngineReply> _pipeline;

    private readonly ConcurrencyLimiter _bulkhead = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxCalls,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public EngineLink(
        EngineAddress address, MTProxyOptions options, ICircuit circuit, GatewayMetrics metrics, TimeProvider time, ILogger<MTProxy> logger)
    {
        Address = address;
        _metrics = metrics;
        _time = time;
        _proxy = new MTProxy(address.Host!, address.Port, options, time, logger);
        _circuit = circuit;
        _pipeline = new ResiliencePipelineBuilder<EngineReply> { TimeProvider = time }
            .AddRetry(Retry())
            .AddStrategy(_ => new BreakerStrategy(circuit), new BreakerOptions())
            .AddTimeout(new TimeoutStrategyOptions { Timeout = CallTimeout })
            .Build();
    }

    public EngineAddress Address { get; }

    /// <summary>Sends a call to the engine and measures it.</summary>
    /// <param name="call">What the engine shall do.</param>
    /// <param name="requestId">The id in the engine's log.</param>
    /// <param name="cause">The span of the request that asked; the one of this thread where it is missing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<EngineReply> SendAsync(
        EngineCall call, string requestId, ActivityContext cause, CancellationToken cancellationToken)
    {
        using var span = Tracing.Source.StartActivity("engine call", ActivityKind.Client, cause);
        var started = _time.GetTimestamp();
        var result = "cancelled";
        try
        {
            var reply = await CallAsync(call, requestId, cancellationToken);
            result = reply.Refusal?.CodeText ?? "ok";
            return reply;
        }
        finally
        {
            _metrics.EngineCall(Address.AccountId, result, _time.GetElapsedTime(started).TotalSeconds);
            if (span is not null)
            {
                span.SetTag("account", Address.AccountId);
                span.SetTag("service", call.Service);
                span.SetTag("result", result);
            }
        }
    }

    private async ValueTask<EngineReply> CallAsync(EngineCall call, string requestId, CancellationToken cancellationToken)
    {
        using var lease = await _bulkhead.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired)
        {
            return EngineReply.Refused(ApiCodes.WireBusy);
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, state) => EngineReply.Of(await state._proxy.SendAsync(state.request, context.CancellationToken)),
                context,
                (_proxy, request: Request(call, requestId)));
        }
        catch (TimeoutRejectedException)
        {
            return EngineReply.Refused(ApiCodes.WireTimeout);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>0 closed, 1 open, 2 ready for a trial.</summary>
    public int CircuitState => _circuit.State;

    /// <summary>When a circuit that is open lets a trial pass.</summary>
    public TimeSpan RetryAfter => _circuit.RetryAfter;

    /// <summary>Replies that follow each other, on a connection of their own beside the pipeline: who subscribes tries again by itself.</summary>
    public IAsyncEnumerable<ProxyReply> SubscribeAsync(ReadOnlyMemory<byte> data, string requestId, CancellationToken cancellationToken) =>
        _proxy.SubscribeAsync(data, requestId, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _bulkhead.DisposeAsync();
    }

    private static ProxyRequest Request(EngineCall call, string requestId) => new(call.Service, call.Data)
    {
        RequestId = requestId,
        TimeToLive = call.TimeToLive,
        Idempotent = call.Idempotent,
        ExpectsPayload = call.ExpectsPayload,
        MaxPayloadBytes = uint.MaxValue,
        FirstByteTimeout = call.ExpectsPayload ? TimeSpan.FromSeconds(60) : null,
    };

    private static RetryStrategyOptions<EngineReply> Retry() => new()
    {
        MaxRetryAttempts = 1,
        Delay = RetryDelay,
        UseJitter = true,
        ShouldHandle = static arguments => ValueTask.FromResult(
            arguments.Outcome.Result is { } reply
            && (reply.NeverLeft || (reply.IsTransient && arguments.Context.Properties.GetValue(CallKey, null!).Idempotent))),
    };

    private sealed class BreakerOptions : ResilienceStrategyOptions;
}
