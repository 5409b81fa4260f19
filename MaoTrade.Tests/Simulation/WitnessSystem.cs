using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// Trades often, in both directions and by reversal, and remembers of every frame it was shown: how many, and a checksum
/// that depends on their order. So a frame lost, doubled or out of order shows at the end.
/// </summary>
public sealed class WitnessSystem : TradingSystem
{
    public const string Count = "count";
    public const string Checksum = "checksum";

    public override string Name => "Witness";

    public override string Description => "Remembers every frame";

    public override IReadOnlyList<ParameterDefinition> Parameters { get; } = [];

    /// <summary>The checksum after one more frame.</summary>
    public static long After(long checksum, in Frame frame) =>
        unchecked((checksum * 1_000_003) + frame.UnixSeconds + (long)(frame.Close * 10_000m));

    public override void Initialize(SystemPortfolio portfolio, bool isFirst)
    {
        if (isFirst)
        {
            State.Set(Count, 0L);
        }
    }

    public override SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio)
    {
        State.Set(Count, State.GetInt64(Count) + 1);
        State.Set(Checksum, After(State.GetInt64(Checksum), frame.Frame));
        var bar = frame.Frame;
        var luck = (long)(bar.Close * 10_000m) % 7;
        return luck switch
        {
            0 or 1 when portfolio.Qty <= 0 => SystemDecision.Buy(1m, bar.Close - 0.0020m),
            2 or 3 when portfolio.Qty >= 0 => SystemDecision.Sell(1m, bar.Close + 0.0020m),
            4 => SystemDecision.Flat(),
            _ => SystemDecision.None,
        };
    }

    public override void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now)
    {
        // Everything is in the state.
    }
}
