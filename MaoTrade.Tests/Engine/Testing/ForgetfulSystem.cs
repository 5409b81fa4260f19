using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Testing;

/// <summary>Turns every fourth frame and keeps its count in a field alone: after a restart it counts from 0.</summary>
public sealed class ForgetfulSystem : TradingSystem
{
    private int _frames;

    public override string Name => "Forgetful";

    public override string Description => "Forgets its count";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    public override void Initialize(SystemPortfolio portfolio, bool isFirst) => _frames = 0;

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio) =>
        ++_frames % 4 != 0 ? SystemDecision.None : portfolio.IsFlat ? SystemDecision.Buy(1) : SystemDecision.Flat();

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
    }
}
