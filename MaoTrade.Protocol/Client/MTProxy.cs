using System.Buffers;
using System.Runtime.CompilerServices;
using MaoTrade.Protocol.Framing;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// The way to one engine: a pool of one pipelined connection and a few for payloads, opened when they are needed and
/// dropped when they are idle (PROTOCOL.md, Clients). Safe for any number of concurrent callers.
/// </summary>
public sealed partial class MTProxy : IAsyncDisposable
{
    private const int Attempts = 2;

    private static readonly SearchValues<byte> Forbidden = SearchValues.Create([0x00, Wire.Terminator, 0xFF]);

    private readonly EngineRoute _route;
    private readonly MTProxyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MTProxy> _logger;
    private readonly Sweeper _sweeper;

    /// <summary>Makes a proxy; nothing is connected before the first request.</summary>
    /// <param name="host">Name or address of the engine.</param>
    /// <param name="port">Its TCP port.</param>
    /// <param name="options">Limits and deadlines.</param>
    /// <param name="time">The clock of every deadline.</param>
    /// <param name="logger">Where failures and changes of the peer's kind are written.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names all of them.</exception>
    public MTProxy(string host, int port, MTProxyOptions options, TimeProvider time, ILogger<MTProxy> logger)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        Host = host;
        Port = port;
        _options = options;
        _time = time;
        _logger = logger;
        _route = new EngineRoute(host, port, options, time);
        _sweeper = Sweeper.Of(time);
        _sweeper.Add(_route);
    }

    /// <summary>Name or address of the engine.</summary>
    public string Host { get; }

    /// <summary>TCP port of the engine.</summary>
    public int Port { get; }

    /// <summary>Replies that came for nobody: too late, or with an unknown id. Only grows.</summary>
    public long DroppedReplies => _route.DroppedReplies;

    /// <summary>Whether the engine takes one request per connection, as seen within the last <see cref="MTProxyOptions.ClassicPeriod"/>.</summary>
    public bool IsClassic => _route.IsClassic;

    /// <summary>
    /// Sends a request and waits for its reply. Whatever the network does becomes a <see cref="ProxyReply.Result"/>.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="ct">Gives up waiting; a command that has left may still be done.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The data holds a raw 0x00, 0x04 or 0xFF, so it is not JSON.</exception>
    public ValueTask<ProxyReply> SendAsync(ProxyRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (request.Data.Span.ContainsAny(Forbidden))
        {
            throw new ArgumentException("The data of a request is JSON: no raw 0x00, 0x04 or 0xFF.", nameof(request));
        }

        if (request.Data.Length > Wire.MaxJsonBytes - 1024)
        {
            return new(ProxyReply.Failure(ProxyResult.TooLarge, $"the data of the request has {request.Data.Length} bytes"));
        }

        return !request.ExpectsPayload && _route.Pipelined is { IsOpen: true } connection
            ? SendPipelinedAsync(connection, request, ct)
            : SendByRouteAsync(request, ct);
    }

    /// <summary>
    /// Sends a request of service 5 whose replies follow each other (PROTOCOL.md, Live), on a connection of its own. The
    /// sequence ends after a reply without <see cref="ProxyReply.More"/>: the engine's last one, or what the network did.
    /// What is not read waits at the engine, which ends a subscription that falls behind. Leaving the enumeration closes.
    /// </summary>
    /// <param name="data">The data of the request, one JSON object, UTF-8.</param>
    /// <param name="requestId">Name of the request in the engine's log, or null.</param>
    /// <param name="ct">Ends the subscription.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public IAsyncEnumerable<ProxyReply> SubscribeAsync(ReadOnlyMemory<byte> data, string? requestId, CancellationToken ct = default) =>
        Subscription.RunAsync(Host, Port, new ProxyRequest(5, data) { RequestId = requestId }, _options, _time, ct);

    /// <summary>Closes every connection; calls that wait get <see cref="ProxyResult.Read"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _sweeper.Remove(_route);
        await _route.DisposeAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ProxyReply> SendPipelinedAsync(PipelinedConnection connection, ProxyRequest request, CancellationToken ct)
    {
        var deadline = TimeSpan.FromMilliseconds(request.TimeToLiveMs) + _options.ReplyGrace;
        var call = connection.TryStart(request, deadline);
        if (call is null)
        {
            return connection.IsOpen ? Busy() : await SendByRouteAsync(request, ct);
        }

        ProxyReply reply;
        if (ct.CanBeCanceled)
        {
            var id = call.Id;
            using var registration = ct.UnsafeRegister(
                static state =>
                {
                    var (connection, id) = ((PipelinedConnection, ulong))state!;
                    connection.TryAbandon(id, ProxyReply.Failure(ProxyResult.Timeout, "the caller gave up"));
                },
                (connection, id));
            reply = await call.Reply;
        }
        else
        {
            reply = await call.Reply;
        }

        var mayRepeat = reply.Result == ProxyResult.Read && (request.Idempotent || !call.Sent);
        call.Return();
        if (reply.Result == ProxyResult.NoError)
        {
            return reply;
        }

        ct.ThrowIfCancellationRequested();
        return mayRepeat ? await SendByRouteAsync(request, ct) : Logged(request, reply);
    }

    private async ValueTask<ProxyReply> SendByRouteAsync(ProxyRequest request, CancellationToken ct)
    {
        var limit = request.ExpectsPayload
            ? request.FirstByteTimeout ?? _options.FirstByteTimeout
            : TimeSpan.FromMilliseconds(request.TimeToLiveMs) + _options.ReplyGrace;
        using var deadline = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        for (var attempt = 1; ; attempt++)
        {
            RouteReply answer;
            try
            {
                answer = await _route.SendAsync(request, either.Token);
            }
            catch (OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                return Logged(request, ProxyReply.Failure(ProxyResult.Timeout, $"no reply within {limit.TotalSeconds:F0} s"));
            }

            if (answer.Pipelined is { } connection)
            {
                return await SendPipelinedAsync(connection, request, ct);
            }

            var reply = answer.Reply!;
            if (reply.Result == ProxyResult.NoError)
            {
                return reply;
            }

            if (attempt == Attempts || reply.Result != ProxyResult.Read || (answer.Sent && !request.Idempotent))
            {
                return Logged(request, reply);
            }
        }
    }

    private ProxyReply Busy() =>
        ProxyReply.Failure(ProxyResult.Busy, $"{_options.MaxInFlight} requests wait for {Host}:{Port} already");

    private ProxyReply Logged(ProxyRequest request, ProxyReply reply)
    {
        LogFailure(Host, Port, request.Service, request.RequestId, reply.Result, reply.Detail);
        return reply;
    }

    [LoggerMessage(1001, LogLevel.Warning, "Engine {Host}:{Port}, service {Service}, request {RequestId}: {Result}: {Detail}")]
    private partial void LogFailure(string host, int port, int service, string? requestId, ProxyResult result, string detail);
}
