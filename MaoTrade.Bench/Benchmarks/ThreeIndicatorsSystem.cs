using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Two exponential averages and a relative strength: long while the fast average lies above and the strength is between its bounds.</summary>
internal sealed class ThreeIndicatorsSystem : TradingSystem
{
    private const int Slow = 13;
    private readonly ThreeIndicators _indicators = new();

    public override string Name => "ThreeIndicators";

    public override string Description => "Buys and closes by two averages and a relative strength";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    public override int ResumeFrames(ParameterSet parameters) => 10 * Slow;

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        var wanted = _indicators.Take((double)frame.Frame.Close);
        return wanted > 0 && portfolio.IsFlat ? SystemDecision.Buy(100)
            : wanted < 0 && portfolio.IsLong ? SystemDecision.Flat()
            : SystemDecision.None;
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        foreach (var frame in frames)
        {
            _indicators.Take((double)frame.Close);
        }
    }
}
