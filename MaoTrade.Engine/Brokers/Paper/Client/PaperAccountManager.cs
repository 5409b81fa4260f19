using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using MaoTrade.Engine.Brokers.Paper.Wire;
using MaoTrade.Engine.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Engine.Brokers.Paper.Client;

/// <summary>
/// An account at the paper broker. After a reconnect it subscribes again to what was subscribed before; the broker goes on
/// where it was.
/// </summary>
public sealed partial class PaperAccountManager : IAccountManager
{
    private readonly string _host;
    private readonly int _port;
    private readonly string _accountId;
    private readonly PaperClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<BrokerEvent> _events;
    private readonly ConcurrentDictionary<string, int> _subscriptions = new();
    private volatile PaperLink? _link;

    /// <summary>An account that is not connected yet.</summary>
    /// <param name="host">Host of the paper broker.</param>
    /// <param name="port">Port of the paper broker.</param>
    /// <param name="accountId">Account at the paper broker, <c>[a-z0-9_]{1,40}</c>.</param>
    /// <param name="options">How long things may take; the defaults when null.</param>
    /// <param name="clock">Time for deadlines and waits; the system's when null.</param>
    /// <param name="logger">Log; none when null.</param>
    public PaperAccountManager(
        string host, int port, string accountId, PaperClientOptions? options = null, TimeProvider? clock = null,
        ILogger<PaperAccountManager>? logger = null)
    {
        _host = host;
        _port = port;
        _accountId = accountId;
        _options = options ?? new PaperClientOptions();
        _clock = clock ?? TimeProvider.System;
        _logger = logger ?? NullLogger<PaperAccountManager>.Instance;
        _events = Channel.CreateBounded<BrokerEvent>(new BoundedChannelOptions(_options.EventCapacity) { SingleReader = true });
    }

    /// <summary>As the broker said at the last greeting; before the first one the careful values: no de-duplication, 30 s of lag.</summary>
    public BrokerCapabilities Capabilities { get; private set; } = new(
        ReferenceDedupe.TagOnly, TimeSpan.FromSeconds(30), Server.PaperLimits.ReferenceChars, CloseTakesReference: true, PartialClose: true);

    public ChannelReader<BrokerEvent> Events => _events.Reader;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            var (connected, refused, reason) = await ConnectOnceAsync(cancellationToken);
            failures = connected ? 0 : failures + 1;
            var forGood = refused || failures >= _options.MaxTries;
            if (connected || forGood)
            {
                await _events.Writer.WriteAsync(new BrokerDisconnected(forGood, reason), cancellationToken);
            }

            if (forGood)
            {
                GivenUp(_accountId, reason);
                return;
            }

            var delay = _options.RetryDelay(Math.Max(0, failures - 1));
            Disconnected(_accountId, reason, delay.TotalSeconds);
            await Task.Delay(delay, _clock, cancellationToken);
        }
    }

    public Task<OrderAnswer> SubmitAsync(OrderTicket ticket, CancellationToken cancellationToken) =>
        ChangeAsync(id => new SubmitRequest(id, ticket), cancellationToken);

    public Task<OrderAnswer> ModifyAsync(
        string dealReference, string epic, decimal? stopPrice, decimal? limitPrice, CancellationToken cancellationToken) =>
        ChangeAsync(id => new ModifyRequest(id, dealReference, epic, stopPrice, limitPrice), cancellationToken);

    public Task<OrderAnswer> CancelAsync(string dealReference, CancellationToken cancellationToken) =>
        ChangeAsync(id => new CancelRequest(id, dealReference), cancellationToken);

    public async Task<LookUpAnswer> LookUpAsync(string dealReference, CancellationToken cancellationToken) =>
        await AskAsync(id => new LookUpRequest(id, dealReference), cancellationToken) is LookUpReply reply
            ? reply.Answer
            : new LookUpAnswer(LookUpKind.NoAnswer, null, 0, "the broker did not answer");

    public async Task<IReadOnlyList<BrokerOrder>?> OpenOrdersAsync(CancellationToken cancellationToken) =>
        (await AskAsync(id => new OpenOrdersRequest(id), cancellationToken) as OpenOrdersReply)?.Orders;

    public async Task<BrokerPortfolio?> PortfolioAsync(CancellationToken cancellationToken) =>
        (await AskAsync(id => new PortfolioRequest(id), cancellationToken) as PortfolioReply)?.Portfolio;

    public async Task<FillPage?> FillsAsync(string? cursor, CancellationToken cancellationToken) =>
        (await AskAsync(id => new FillsRequest(id, cursor), cancellationToken) as FillsReply)?.Page;

    public async Task<HistoryAnswer> HistoryAsync(string epic, int timeFrameSeconds, int count, CancellationToken cancellationToken) =>
        await AskAsync(id => new HistoryRequest(id, epic, timeFrameSeconds, count), cancellationToken) is HistoryReply reply
            ? reply.History
            : new HistoryAnswer(_link is null ? MarketDataResult.NotConnected : MarketDataResult.Network, []);

    public async Task<MarketDataResult> SubscribeAsync(string epic, int timeFrameSeconds, CancellationToken cancellationToken)
    {
        var result = await MarketDataAsync(id => new SubscribeRequest(id, epic, timeFrameSeconds), cancellationToken);
        if (result == MarketDataResult.Ok)
        {
            _subscriptions[epic] = timeFrameSeconds;
        }

        return result;
    }

    public Task<MarketDataResult> UnsubscribeAsync(string epic, CancellationToken cancellationToken)
    {
        _subscriptions.TryRemove(epic, out _);
        return MarketDataAsync(id => new UnsubscribeRequest(id, epic), cancellationToken);
    }

    public async Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken) =>
        (await AskAsync(id => new TimeRequest(id), cancellationToken) as TimeReply)?.Time;

    public ValueTask AcknowledgeAsync(long eventId, CancellationToken cancellationToken) =>
        _link is { } link ? link.TellAsync(new AcknowledgeRequest(eventId), cancellationToken) : ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _link?.Close();
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async Task<(bool Connected, bool Refused, string Reason)> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        var connected = false;
        try
        {
            await using var link = await GreetAsync(cancellationToken);
            connected = true;
            _link = link;
            var resubscribing = Task.CompletedTask;
            try
            {
                Connected(_accountId, _host, _port);
                await _events.Writer.WriteAsync(new BrokerConnected(), cancellationToken);
                resubscribing = ResubscribeAsync(link, cancellationToken);
                await link.ReadAsync(_events.Writer, cancellationToken);
            }
            finally
            {
                _link = null;
                link.Close();
                await resubscribing;
            }

            return (true, false, "the broker closed the connection");
        }
        catch (PaperRefusedException e)
        {
            return (connected, true, e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or TimeoutException or ObjectDisposedException)
        {
            return (connected, false, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (connected, false, "the connection was closed");
        }
    }

    private async Task<PaperLink> GreetAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        PaperLink? link = null;
        try
        {
            link = await PaperLink.ConnectAsync(_host, _port, _options.RequestCapacity, both.Token);
            var hello = await link.GreetAsync(_accountId, both.Token);
            Capabilities = Capabilities with
            {
                Dedupe = hello.Dedupes ? ReferenceDedupe.DedupesClientId : ReferenceDedupe.TagOnly,
                LookUpLag = TimeSpan.FromSeconds(hello.LookUpLagSeconds),
                TimeFrames = hello.TimeFrames ?? [],
                MarketSecondsPerSecond = hello.MarketSecondsPerSecond,
            };
            return link;
        }
        catch (Exception e)
        {
            if (link is not null)
            {
                await link.DisposeAsync();
            }

            if (e is OperationCanceledException && deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"no greeting within {_options.ConnectTimeout.TotalSeconds:0.#} s", e);
            }

            throw;
        }
    }

    private async Task ResubscribeAsync(PaperLink link, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (epic, timeFrameSeconds) in _subscriptions)
            {
                await link.AskAsync(id => new SubscribeRequest(id, epic, timeFrameSeconds), _options.AnswerTimeout, _clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The account manager is being stopped.
        }
    }

    private async Task<OrderAnswer> ChangeAsync(Func<long, PaperRequest> make, CancellationToken cancellationToken)
    {
        if (_link is not { } link)
        {
            return new OrderAnswer(OrderAnswerKind.NotSent, null, 0, "not connected");
        }

        var (sent, answer) = await link.AskAsync(make, _options.AnswerTimeout, _clock, cancellationToken);
        return answer is OrderReply reply
            ? reply.Answer
            : sent
                ? new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer of the broker")
                : new OrderAnswer(OrderAnswerKind.NotSent, null, 0, "not connected");
    }

    private async Task<MarketDataResult> MarketDataAsync(Func<long, PaperRequest> make, CancellationToken cancellationToken)
    {
        var connected = _link is not null;
        return await AskAsync(make, cancellationToken) is MarketDataReply reply
            ? reply.Result
            : connected ? MarketDataResult.Network : MarketDataResult.NotConnected;
    }

    private async Task<PaperReply?> AskAsync(Func<long, PaperRequest> make, CancellationToken cancellationToken) =>
        _link is { } link ? (await link.AskAsync(make, _options.AnswerTimeout, _clock, cancellationToken)).Answer : null;

    [LoggerMessage(2850, LogLevel.Information, "Account {AccountId} is connected to the paper broker at {Host}:{Port}")]
    private partial void Connected(string accountId, string host, int port);

    [LoggerMessage(2851, LogLevel.Warning, "Account {AccountId} has no paper broker ({Reason}); next try in {Seconds:F1} s")]
    private partial void Disconnected(string accountId, string reason, double seconds);

    [LoggerMessage(2852, LogLevel.Error, "Account {AccountId} has no paper broker for good: {Reason}")]
    private partial void GivenUp(string accountId, string reason);
}
