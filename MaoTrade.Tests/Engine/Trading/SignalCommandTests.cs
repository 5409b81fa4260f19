using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class SignalCommandTests
{
    private static readonly SignalProposal Macd = new()
    {
        Epic = "EURUSD",
        System = "MacdCrossover",
        TimeFrame = 60,
        Params = Json("""{"fast_period":3,"slow_period":5}"""),
    };

    [Fact]
    public void Validation_answers_with_every_fault_at_once()
    {
        var reply = new Desk().Command(new ValidateSignalCommand
        {
            SrvId = 8,
            Signal = Macd with { Epic = "", TimeFrame = 0, StartTrade = 10, EndTrade = 10, Params = Json("""{"fast_period":"x","qty":-1}""") },
        });

        reply.Code.Should().Be(ReplyCode.SignalRefused);
        var data = JsonDocument.Parse(reply.Data).RootElement;
        data.GetProperty("valid").GetBoolean().Should().BeFalse();
        data.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())
            .Should().BeEquivalentTo("epic", "timeFrame", "endTrade", "params.fast_period", "params.qty");
    }

    [Fact]
    public void An_unknown_system_is_453() =>
        new Desk().Command(new ValidateSignalCommand { SrvId = 8, Signal = Macd with { System = "Oracle" } })
            .Code.Should().Be(ReplyCode.SystemNotFound);

    [Fact]
    public void Validation_stores_nothing_and_warns_of_a_live_signal()
    {
        var desk = new Desk();
        desk.CreateSignal("MacdCrossover", "{}");

        var reply = desk.Command(new ValidateSignalCommand { SrvId = 8, Signal = Macd });

        reply.Code.Should().Be(0);
        JsonDocument.Parse(reply.Data).RootElement.GetProperty("warnings").GetArrayLength().Should().Be(1);
        desk.Changes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_second_live_signal_on_an_epic_is_a_conflict()
    {
        var desk = new Desk();
        desk.CreateSignal("MacdCrossover", "{}");

        desk.Command(new UpsertSignalCommand { SrvId = 6, Signal = Macd }).Code.Should().Be(ReplyCode.Conflict);
        desk.Command(new UpsertSignalCommand { SrvId = 6, Signal = Macd with { Epic = "GBPUSD" } }).Code.Should().Be(0);
    }

    [Fact]
    public void An_edit_carries_its_version_and_keeps_the_frames_seen()
    {
        var desk = new Desk();
        var id = desk.CreateSignal("MacdCrossover", """{"fast_period":1,"slow_period":2}""");
        desk.Bar(60, 10m);
        desk.Bar(120, 9m);

        desk.Command(new UpsertSignalCommand { SrvId = 6, Signal = Macd with { SignalId = id, Version = 7 } }).Code.Should().Be(ReplyCode.Conflict);
        desk.Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = Macd with { SignalId = id, Version = 1, Params = Json("""{"fast_period":1,"slow_period":2,"qty":7}""") },
        }).Code.Should().Be(0);
        desk.Bar(180, 11m);

        desk.State.Signals[id].Version.Should().Be(2);
        desk.LastOrder.Qty.Should().Be(7m, "the cross needs the two frames from before the edit");
    }

    [Fact]
    public void Epic_and_system_of_a_signal_cannot_be_changed()
    {
        var desk = new Desk();
        var id = desk.CreateSignal("MacdCrossover", "{}");

        desk.Command(new UpsertSignalCommand { SrvId = 6, Signal = Macd with { SignalId = id, Epic = "GBPUSD" } })
            .Should().Match<MaoTrade.Engine.Server.ServiceReply>(r => r.Code == ReplyCode.Malformed && r.Message.StartsWith("signal.epic"));
    }

    [Fact]
    public void A_signal_with_an_order_on_its_way_is_neither_deleted_nor_edited()
    {
        var desk = new Desk();
        var id = desk.CreateSignal("FUTM", """{"signal":"BUY","qty":1}""");
        desk.Bar(60, 100m);

        desk.Command(new DeleteSignalCommand { SrvId = 7, SignalId = id }).Code.Should().Be(ReplyCode.Conflict);
        desk.Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal { SignalId = id, Epic = "EURUSD", System = "FUTM", TimeFrame = 60, Params = Json("""{"signal":"HOLD"}""") },
        }).Code.Should().Be(ReplyCode.Conflict);
    }

    [Fact]
    public void A_blocked_signal_sees_its_frames_and_sends_nothing()
    {
        var desk = new Desk();
        var id = desk.CreateSignal("MacdCrossover", """{"fast_period":1,"slow_period":2}""");
        desk.Command(new BlockSignalCommand { SrvId = 9, SignalId = id, Blocked = true }).Code.Should().Be(0);
        desk.Bar(60, 10m);
        desk.Bar(120, 9m);
        desk.Bar(180, 11m);
        desk.State.Orders.Should().BeEmpty();
        desk.Effects.OfType<LogEffect>().Should().Contain(l => l.Message.Contains("Blocked"));

        desk.Command(new BlockSignalCommand { SrvId = 9, SignalId = id, Blocked = false }).Code.Should().Be(0);
        desk.Bar(240, 8m);
        desk.Bar(300, 12m);
        desk.State.Orders.Should().ContainSingle();
    }

    [Fact]
    public void A_signal_waits_for_its_start_and_ends_at_its_end_by_market_time()
    {
        var desk = new Desk();
        var reply = desk.Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = Macd with { Params = Json("""{"fast_period":1,"slow_period":2}"""), StartTrade = 240, EndTrade = 360 },
        });
        var id = JsonDocument.Parse(reply.Data).RootElement.GetProperty("signal").GetProperty("signalId").GetString()!;
        desk.AnswerHistory();
        desk.State.Signals[id].State.Should().Be(SignalState.Waiting);
        desk.Bar(0, 10m);
        desk.Bar(60, 9m);
        desk.Bar(120, 11m);
        desk.State.Orders.Should().BeEmpty("the cross came before the start");

        desk.Bar(180, 8m);
        desk.State.Signals[id].State.Should().Be(SignalState.Running);
        desk.Bar(300, 12m);

        desk.State.Signals[id].State.Should().Be(SignalState.Completed);
        desk.State.Orders.Should().BeEmpty("the second cross came at the end");
    }

    [Fact]
    public void A_system_that_throws_is_in_error_and_the_others_never_notice()
    {
        var desk = new Desk(catalog: new SystemCatalog(() => new ThrowingSystem(), () => new MaoTrade.Engine.Systems.Futm.FutmSystem()));
        var broken = desk.CreateSignal("Throwing", "{}", "GBPUSD");
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":1}""");

        desk.Bar(60, 100m, "GBPUSD");
        desk.Bar(60, 100m);

        desk.State.Signals[broken].Should().Match<Signal>(s => s.State == SignalState.Error && s.Error!.Contains("by design"));
        desk.LastOrder.Epic.Should().Be("EURUSD");
    }

    [Theory]
    [InlineData(MarketDataResult.InvalidEpic, 1)]
    [InlineData(MarketDataResult.InvalidTimeFrame, 1)]
    [InlineData(MarketDataResult.Network, 5)]
    public void Subscriptions_that_fail_end_in_error(MarketDataResult result, int tries)
    {
        var desk = new Desk();
        var id = desk.CreateSignal("MacdCrossover", "{}");
        for (var i = 1; i <= tries; i++)
        {
            desk.State.Signals[id].State.Should().Be(SignalState.Running, $"it has failed {i - 1} times");
            desk.Take(new SubscribedInput("EURUSD", 60, result));
        }

        desk.State.Signals[id].State.Should().Be(SignalState.Error);
        desk.Effects.Should().NotContain(e => e is SubscribeEffect);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private sealed class ThrowingSystem : TradingSystem
    {
        public override string Name => "Throwing";

        public override string Description => "Throws";

        public override IReadOnlyList<MaoTrade.Engine.Systems.Parameters.ParameterDefinition> Parameters => [];

        public override void Initialize(SystemPortfolio portfolio, bool isFirst)
        {
        }

        public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio) =>
            throw new InvalidOperationException("by design");

        public override void Resume(IReadOnlyList<MaoTrade.Market.Frames.Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
        {
        }
    }
}
