using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Desks;

/// <summary>Orders on every closed bar.</summary>
internal sealed class EveryBarSystem : TradingSystem
{
    public override string Name => "EveryBar";

    public override string Description => "Buys on every bar";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        // Keeps nothing.
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio) =>
        SystemDecision.Buy(1m, frame.Frame.Close * 0.98m);

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        // Keeps nothing.
    }
}
