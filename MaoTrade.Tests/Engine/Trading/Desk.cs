using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Decisions;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>Decisions without a host: inputs go in, the state and the effects of each are looked at.</summary>
public sealed class Desk
{
    private readonly BrokerCapabilities _capabilities;
    private readonly TradingTools _tools;
    private long _eventId;

    public Desk(TimeSpan lookUpLag = default, SystemCatalog? catalog = null, double? speed = null, int[]? timeFrames = null, MarketHours? hours = null,
        bool tellsGateway = false)
    {
        var symbols = new[] { new SymbolRules("EURUSD", null, null, null, null, hours) }.ToFrozenDictionary(s => s.Epic);
        var rules = new TradingRules("demo", TimeZoneInfo.Utc, symbols);
        _tools = new TradingTools(catalog ?? SystemCatalog.BuiltIn, new TitleTable(), new OrderWatch(Clock), new DealReferences(Clock), rules)
        {
            TellsGateway = tellsGateway,
        };
        State = new TradingState { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };
        _capabilities = new BrokerCapabilities(ReferenceDedupe.TagOnly, lookUpLag, 30, true, true)
        {
            MarketSecondsPerSecond = speed,
            TimeFrames = timeFrames ?? [],
        };
        Connect();
        State.Stage.Should().Be(EngineStage.Ready);
    }

    public FakeClock Clock { get; } = new();

    public TradingTools Tools => _tools;

    public TradingState State { get; private set; }

    /// <summary>Rows of the last input.</summary>
    public ChangeSet Changes { get; private set; } = new();

    /// <summary>Effects of the last input.</summary>
    public IReadOnlyList<Effect> Effects { get; private set; } = [];

    public Order LastOrder => State.Orders.Values.Last();

    public void Take(TradeInput input)
    {
        var turn = new Turn(State, _tools, Clock.GetUtcNow());
        TradeDecider.Decide(turn, input);
        State = turn.State;
        Changes = turn.Changes;
        Effects = turn.Effects;
    }

    public ServiceReply Command(TradeCommand command)
    {
        Take(new CommandInput(new CommandTicket(null, long.MaxValue), command));
        return Effects.OfType<ReplyEffect>().Single().Reply;
    }

    /// <summary>The session with the broker stands and is reconciled.</summary>
    public void Connect()
    {
        Take(new ConnectedInput(_capabilities));
        Take(new SurveyInput(Survey()));
    }

    public string CreateSignal(string system, string parameters, string epic = "EURUSD", int timeFrame = 60, params Frame[] history)
    {
        var reply = Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal { Epic = epic, System = system, TimeFrame = timeFrame, Params = JsonDocument.Parse(parameters).RootElement },
        });
        reply.Code.Should().Be(0, reply.Message);
        AnswerHistory(history);
        return JsonDocument.Parse(reply.Data).RootElement.GetProperty("signal").GetProperty("signalId").GetString()!;
    }

    /// <summary>Answers what the engine asked of the past, if it did.</summary>
    public void AnswerHistory(params Frame[] frames)
    {
        if (Effects.OfType<HistoryEffect>().SingleOrDefault() is { } asked)
        {
            Take(new HistoryInput(asked.Epic, asked.TimeFrameSeconds, new HistoryAnswer(MarketDataResult.Ok, frames), DateTimeOffset.FromUnixTimeSeconds(
                frames.Select(frame => frame.UnixSeconds + asked.TimeFrameSeconds).DefaultIfEmpty().Max())));
        }
    }

    /// <summary>A closed bar; its event id.</summary>
    public long Bar(long frame, decimal close, string epic = "EURUSD")
    {
        var id = ++_eventId;
        Bar(id, frame, close, epic);
        return id;
    }

    public void Bar(long eventId, long frame, decimal close, string epic = "EURUSD") => Take(new BrokerInput(new FrameEvent(
        eventId, epic, 60, new Frame(frame, close, close, close, close, 0), true, false, DateTimeOffset.FromUnixTimeSeconds(frame + 60))));

    /// <summary>Lets the order out: its dispatch is decided, its attempt marked.</summary>
    public SendEffect Dispatch(Order order)
    {
        Take(new DispatchInput(order.OrderId));
        return Effects.OfType<SendEffect>().Single();
    }

    public void Answer(Order order, OrderAnswerKind kind, string message = "") =>
        Take(new AnswerInput(order.OrderId, State.Orders[order.OrderId].Attempt, new OrderAnswer(kind, kind == OrderAnswerKind.Accepted ? "D1" : null, 7, message)));

    public void Fill(Order order, decimal qty, decimal price, string fillId = "F1", long frame = 120) =>
        Take(new BrokerInput(new FillEvent(++_eventId, Filled(order, qty, price, fillId, frame))));

    public static Fill Filled(Order order, decimal qty, decimal price, string fillId = "F1", long frame = 120) => new(
        fillId, order.DealReference, "D1", order.Epic, order.Action, order.OpType, order.OrderType, qty, price, null, frame,
        DateTimeOffset.FromUnixTimeSeconds(frame));

    /// <summary>What the broker shows; positions as ours unless given.</summary>
    public BrokerSurvey Survey(
        IReadOnlyList<Fill>? fills = null, IReadOnlyList<BrokerPosition>? positions = null, IReadOnlyDictionary<string, LookUpAnswer>? lookUps = null,
        IReadOnlyList<BrokerOrder>? openOrders = null) =>
        new(
            fills ?? [], "cursor", Portfolio(positions), (lookUps ?? new Dictionary<string, LookUpAnswer>()).ToImmutableDictionary(), openOrders ?? [],
            DateTimeOffset.FromUnixTimeSeconds(0));

    public BrokerPortfolio Portfolio(IReadOnlyList<BrokerPosition>? positions = null) => new(
        new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 1_000m, 1_000m, 0m, 0m, true),
        positions ?? [.. State.Positions.Values.Select(p => At(p.Epic, p.Qty))]);

    public static BrokerPosition At(string epic, decimal qty) =>
        new(epic, qty, 1.5m, 1.6m, null, null, ["D9"], DateTimeOffset.UnixEpoch);

    public static LookUpAnswer Found(LookUpKind kind) => new(kind, "D1", 0, "");
}
