using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Systems.Sizing;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class PositionSizingTests
{
    [Theory]
    [InlineData("""{"qty":3.7}""", 3.7, "as given")]
    [InlineData("""{"sizing_mode":"equity","sizing_value":0.5}""", 99.9, "5000 / 50 = 100 is one step too many for 99.95")]
    [InlineData("""{"sizing_mode":"equity","sizing_value":0.005}""", 0.9, "50 / 50.025, rounded down")]
    [InlineData("""{"sizing_mode":"equity","sizing_value":0.001}""", 0, "below the smallest quantity")]
    [InlineData("""{"sizing_mode":"equity","sizing_value":100}""", 500, "the largest quantity")]
    [InlineData("""{"sizing_mode":"risk","sizing_value":0.01}""", 40, "100 are lost over 2.5 each")]
    public void The_quantity_follows_the_mode_and_is_rounded_down(string json, double expected, string why)
    {
        var parameters = ParameterSet.Read(PositionSizing.Parameters(100m), JsonDocument.Parse(json).RootElement, []);
        var context = new SystemContext("EURUSD", 60, TimeZoneInfo.Utc, QtyStep: 0.1m, MinQty: 0.5m, MaxQty: 500m);

        PositionSizing.Quantity(parameters, context, new SystemPortfolio(0, 0, 10_000m, 0), price: 50.025m, stopPrice: 47.525m)
            .Should().Be((decimal)expected, why);
    }

    [Theory]
    [InlineData("""{"qty":0}""", "params.qty")]
    [InlineData("""{"sizing_mode":"equity"}""", "params.sizing_value")]
    [InlineData("""{"sizing_mode":"risk","sizing_value":0.01}""", "params.sizing_mode")]
    [InlineData("""{"sizing_mode":"all"}""", "params.sizing_mode")]
    public void What_cannot_be_sized_is_named(string json, string field)
    {
        var errors = new List<SignalError>();
        var parameters = ParameterSet.Read(PositionSizing.Parameters(100m), JsonDocument.Parse(json).RootElement, errors);
        if (errors.Count == 0)
        {
            PositionSizing.Validate(parameters, hasStop: false, errors);
        }

        errors.Should().ContainSingle().Which.Field.Should().Be(field);
    }
}
