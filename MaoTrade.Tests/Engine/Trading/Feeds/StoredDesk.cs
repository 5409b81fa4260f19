using System.Collections.Frozen;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>A desk on a real store, that can be killed after any commit and begins again from what is stored.</summary>
public sealed class StoredDesk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EngineStore _store;
    private SystemCatalog _catalog;
    private readonly BrokerCapabilities _capabilities;
    private TradeDesk _desk = null!;
    private HistoryEffect? _asked;

    public StoredDesk(SystemCatalog catalog, params int[] timeFrames)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();
        SchemaMigration.ApplyAsync(connection, CancellationToken.None).GetAwaiter().GetResult();
        _store = new EngineStore(connection);
        _catalog = catalog;
        _capabilities = new BrokerCapabilities(ReferenceDedupe.TagOnly, TimeSpan.Zero, 30, true, true) { TimeFrames = timeFrames };
        Restart();
    }

    public TradingState State => _desk.State;

    public FakeClock Clock { get; } = new();

    /// <summary>Effects of the last input.</summary>
    public IReadOnlyList<Effect> Effects { get; private set; } = [];

    public StoredState Stored => _store.Load();

    /// <summary>Bars that wait for the gateway's history.</summary>
    public IReadOnlyList<Frame> Offered =>
        [.. _store.WaitingSeries().SelectMany(waiting => _store.WaitingBars(waiting.Series, long.MinValue, int.MaxValue))];

    /// <summary>Everything but the store is gone; the new process connects and reconciles.</summary>
    public void Restart(long brokerTime = 0)
    {
        var rules = new TradingRules("demo", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
        var tools = new TradingTools(_catalog, new TitleTable(), new OrderWatch(Clock), new DealReferences(Clock), rules) { TellsGateway = true };
        var state = StateRestoration.Restore(_store.Load(), new AccountConfig(true, "23:45", new RiskLimits(), 1), tools, Clock.GetUtcNow());
        _desk = new TradeDesk(_store, tools, Clock, state);
        Take(new ConnectedInput(_capabilities));
        var account = new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 1_000m, 1_000m, 0m, 0m, true);
        Take(new SurveyInput(new BrokerSurvey([], "c", new BrokerPortfolio(account, []), [], [], DateTimeOffset.FromUnixTimeSeconds(brokerTime))));
    }

    /// <summary>A restart of an engine that does not know a system.</summary>
    public void RestartWithout(string system)
    {
        var known = _catalog;
        _catalog = new SystemCatalog([]);
        _catalog.Create(system).Should().BeNull();
        Restart();
        _catalog = known;
    }

    public void EditSignal(string signalId, int timeFrame)
    {
        var signal = State.Signals[signalId];
        Take(new CommandInput(new CommandTicket(null, long.MaxValue), new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal
            {
                SignalId = signalId,
                Version = signal.Version,
                Epic = signal.Epic,
                System = signal.System,
                TimeFrame = timeFrame,
                Params = JsonDocument.Parse("{}").RootElement,
            },
        }));
        Effects.OfType<ReplyEffect>().Single().Reply.Code.Should().Be(0);
    }

    public void Take(TradeInput input)
    {
        var turn = _desk.Decide(input);
        _desk.Commit();
        Effects = [.. turn.Effects];
        _asked = Effects.OfType<HistoryEffect>().SingleOrDefault() ?? _asked;
        _desk.Clear();
    }

    public string CreateSignal(string system, int timeFrame, string epic = "EURUSD", long? endTrade = null)
    {
        Take(new CommandInput(new CommandTicket(null, long.MaxValue), new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal { Epic = epic, System = system, TimeFrame = timeFrame, EndTrade = endTrade, Params = JsonDocument.Parse("{}").RootElement },
        }));
        return State.LiveSignalOf(epic)!.SignalId;
    }

    public void AnswerHistory(params Frame[] frames)
    {
        Take(new HistoryInput(_asked!.Epic, _asked.TimeFrameSeconds, new HistoryAnswer(MarketDataResult.Ok, frames), State.MarketTime));
    }

    public void Say(Frame frame, int timeFrame, bool closed = true, string epic = "EURUSD") => Take(new BrokerInput(new FrameEvent(
        null, epic, timeFrame, frame, closed, false, DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds + timeFrame))));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
