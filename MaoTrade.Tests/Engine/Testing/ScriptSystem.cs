using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Testing;

/// <summary>Does on the n-th closed frame what its script says: <c>0:B,3:S@95,5:F</c>; @ is the stop.</summary>
public sealed class ScriptSystem : TradingSystem
{
    public override string Name => "Script";

    public override string Description => "Follows a script";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("script", ParameterType.String, "Frame:action") { Required = true },
        new("qty", ParameterType.Decimal, "Quantity") { Default = 10m, Min = 1 },
    ];

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => State.Set("frames", 0);

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        var n = State.GetInt64("frames");
        State.Set("frames", n + 1);
        var step = Values.Text("script").Split(',').FirstOrDefault(s => s.StartsWith($"{n}:", StringComparison.Ordinal));
        var parts = step?[(step.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('@');
        decimal? stop = parts is { Length: 2 } ? decimal.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null;
        return parts?[0] switch
        {
            "B" => SystemDecision.Buy(Values.Decimal("qty"), stop),
            "S" => SystemDecision.Sell(Values.Decimal("qty"), stop),
            "F" => SystemDecision.Flat(),
            _ => SystemDecision.None,
        };
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        // Everything it knows is in its state.
    }
}
