using MaoTrade.Engine.Models;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.AiAdaptive;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Engine.Models;
using MaoTrade.Tests.Engine.Systems;

namespace MaoTrade.Tests.Contracts;

public sealed class AiAdaptiveStateContract : SystemStateContract
{
    private static readonly ModelSet Models = SmallModels.Set(SmallModels.Bytes());

    protected override string Parameters => """{"model":"momentum","min_volume_ratio":0,"with_trend":false,"max_bars":6}""";

    /// <summary>Longer than the warm-up of the features.</summary>
    protected override Frame[] Frames { get; } = [.. SystemBench.Walk(330, seed: 11).Select((frame, i) => frame with { Volume = 1 + (i % 7) })];

    protected override TradingSystem Make() => new AiAdaptiveSystem(Models);
}
