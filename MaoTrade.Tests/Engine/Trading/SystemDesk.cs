using System.Collections.Frozen;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>Decisions on a real store, restarted at will, with the very instances of systems a test made.</summary>
public sealed class SystemDesk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly List<TradingSystem> _systems = [];
    private readonly bool _tellsGateway;
    private TradeDesk _desk = null!;
    private EngineStore _store;
    private long _eventId;

    public SystemDesk(bool tellsGateway = false)
    {
        _tellsGateway = tellsGateway;
        SchemaMigration.ApplyAsync(Connection, CancellationToken.None).GetAwaiter().GetResult();
        _store = new EngineStore(Connection);
        Begin();
    }

    public EngineStore Store => _store;

    public TradingState State => _desk.State;

    /// <summary>Lines of the engine's log since the last restart, with their level.</summary>
    public List<string> Said { get; } = [];

    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    /// <summary>Ends as if killed and begins again from the store.</summary>
    public void Restart(params TradingSystem[] systems)
    {
        _store.Dispose();
        _store = new EngineStore(Connection);
        _systems.Clear();
        _systems.AddRange(systems);
        Said.Clear();
        Begin();
    }

    /// <summary>A signal of a system; its id.</summary>
    public string Start(TradingSystem system, string epic = "EURUSD")
    {
        _systems.Add(system);
        Catalog();
        var reply = Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal { Epic = epic, System = system.Name, TimeFrame = 60, Params = JsonDocument.Parse("{}").RootElement },
        });
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement.GetProperty("signal").GetProperty("signalId").GetString()!;
    }

    public ServiceReply Command(TradeCommand command) =>
        Take(new CommandInput(new CommandTicket(null, long.MaxValue), command)).OfType<ReplyEffect>().Single().Reply;

    public void Bar(long frame, decimal close, string epic = "EURUSD") => Take(new BrokerInput(new FrameEvent(
        ++_eventId, epic, 60, new Frame(frame, close, close, close, close, 0), true, false, DateTimeOffset.FromUnixTimeSeconds(frame + 60))));

    /// <summary>A deal by hand at the broker, on the epic of a signal.</summary>
    public void Fill(string signal, decimal qty, bool opens)
    {
        var action = opens ? OrderAction.OpenPosition : OrderAction.ClosePosition;
        var side = opens ? OrderOpType.Buy : OrderOpType.Sell;
        var id = $"F{++_eventId}";
        Take(new BrokerInput(new FillEvent(_eventId, new Fill(
            id, $"R{_eventId}", $"D{_eventId}", State.Signals[signal].Epic, action, side, OrderType.Market, qty, 1m, null, 60, DateTimeOffset.UnixEpoch))));
    }

    public IReadOnlyList<Effect> Take(TradeInput input)
    {
        var turn = _desk.Decide(input);
        return Settle(turn.Effects);
    }

    public long Count(string table) => (long)Scalar($"SELECT count(*) FROM {table}")!;

    public object? Scalar(string sql)
    {
        using var connection = new SqliteConnection(Connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Execute(string sql) => Scalar(sql);

    private void Begin()
    {
        var rules = new TradingRules("demo", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
        var tools = new TradingTools(MakeCatalog(), new TitleTable(), new OrderWatch(_clock), new DealReferences(_clock), rules)
        {
            TellsGateway = _tellsGateway,
        };
        var state = StateRestoration.Restore(
            _store.Load(), new AccountConfig(true, "23:45", new RiskLimits(), 1), tools, _clock.GetUtcNow());
        _desk = new TradeDesk(_store, tools, _clock, state);
        Settle([.. _desk.Turns.SelectMany(turn => turn.Effects)]);
        Take(new ConnectedInput(new BrokerCapabilities(ReferenceDedupe.TagOnly, TimeSpan.Zero, 30, true, true)));
        Take(new SurveyInput(new BrokerSurvey(
            [], "cursor",
            new BrokerPortfolio(
                new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 1_000m, 1_000m, 0m, 0m, true),
                [.. State.Positions.Values.Select(p => Desk.At(p.Epic, p.Qty))]),
            [], [], DateTimeOffset.UnixEpoch)));
        State.Stage.Should().Be(EngineStage.Ready);
    }

    private void Catalog() => Take(new CatalogInput(MakeCatalog()));

    private SystemCatalog MakeCatalog() => new(_systems.ToArray().Select(system => new Func<TradingSystem>(() => system)));

    private IReadOnlyList<Effect> Settle(IReadOnlyList<Effect> effects)
    {
        _desk.Commit();
        _desk.Clear();
        Said.AddRange(effects.OfType<LogEffect>().Select(line => $"{line.Level} {line.Message}"));
        return effects;
    }
}
