using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Futm;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class FutmTests
{
    [Fact]
    public void Buy_acts_on_the_first_closed_frame_with_its_stop_below()
    {
        var system = Make("""{"signal":"BUY","qty":3}""");

        Frame(system, 50m, closed: false).Should().Be(SystemDecision.None);
        Frame(system, 50m, closed: true).Should().Be(SystemDecision.Buy(3m, 49m));
        Frame(system, 51m, closed: true).Should().Be(SystemDecision.None, "it acts once");
    }

    [Fact]
    public void Sell_has_its_stop_above()
    {
        var system = Make("""{"signal":"SELL","qty":3,"stop_percent":10}""");

        Frame(system, 50m, closed: true).Should().Be(SystemDecision.Sell(3m, 55m));
    }

    [Fact]
    public void It_is_completed_by_its_fill_and_not_before()
    {
        var system = Make("""{"signal":"BUY","qty":3}""");
        Frame(system, 50m, closed: true);

        system.IsCompleted.Should().BeFalse();
        system.OnOrderFilled(FilledOrder());
        system.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void Flat_without_a_position_and_hold_are_completed_at_once()
    {
        foreach (var signal in new[] { "FLAT", "HOLD" })
        {
            var system = Make($$"""{"signal":"{{signal}}"}""");

            Frame(system, 50m, closed: true).Action.Should().Be(SystemAction.Hold);
            system.IsCompleted.Should().BeTrue(signal);
        }
    }

    [Fact]
    public void Having_acted_survives_a_restart()
    {
        var system = Make("""{"signal":"BUY","qty":3}""");
        Frame(system, 50m, closed: true);
        var resumed = Make("""{"signal":"BUY","qty":3}""", SystemStateDocument.Read(system.WriteState()).State);

        Frame(resumed, 51m, closed: true).Should().Be(SystemDecision.None);
    }

    [Theory]
    [InlineData("""{"qty":3}""", "params.signal", "required")]
    [InlineData("""{"signal":"UP","qty":3}""", "params.signal", "value")]
    [InlineData("""{"signal":"BUY"}""", "params.qty", "required")]
    [InlineData("""{"signal":"BUY","qty":0}""", "params.qty", "required")]
    public void Wrong_parameters_are_named(string json, string field, string code)
    {
        var errors = new List<SignalError>();
        var system = new FutmSystem();
        var parameters = ParameterSet.Read(system.Parameters, JsonDocument.Parse(json).RootElement, errors);
        if (errors.Count == 0)
        {
            system.ValidateSignal(parameters, default, errors);
        }

        errors.Should().ContainSingle().Which.Should().Match<SignalError>(e => e.Field == field && e.Code == code);
    }

    private static FutmSystem Make(string json, SystemState? state = null)
    {
        var system = new FutmSystem();
        system.Bind(ParameterSet.Read(system.Parameters, JsonDocument.Parse(json).RootElement, []), state ?? new SystemState(), SystemBench.Context);
        if (state is null)
        {
            system.Initialize(default, isFirst: true);
        }

        return system;
    }

    private static SystemDecision Frame(FutmSystem system, decimal close, bool closed) => system.ProcessData(
        new SystemFrame(new Frame(0, close, close, close, close, 0), closed, false, default), default);

    private static Order FilledOrder() => new()
    {
        OrderId = "1",
        DealReference = "ref",
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 3,
        AuthorType = OrderAuthorType.System,
        ExecState = OrderExecState.Filled,
    };
}
