using MaoTrade.Market.Features;

namespace MaoTrade.Engine.Systems.AiAdaptive;

/// <summary>The filters between a prediction and an order; the account's risk limits come after them.</summary>
/// <param name="MinVolumeRatio">Held below it; 0 = off, for instruments without volumes.</param>
/// <param name="MaxVolatility">Held where market_condition_volatility is above it; 0 = off.</param>
/// <param name="WithTrend">Whether buys are held where ema_50 is below ema_200, and sells where it is above.</param>
public readonly record struct FilterLimits(double MinVolumeRatio, double MaxVolatility, bool WithTrend)
{
    private static readonly int VolumeRatio = PlaceOf("volume_ratio");
    private static readonly int Volatility = PlaceOf("market_condition_volatility");
    private static readonly int Fast = PlaceOf("ema_50");
    private static readonly int Slow = PlaceOf("ema_200");

    /// <summary>The name of the first filter that holds an action, or null.</summary>
    public string? Holding(SystemAction action, ReadOnlySpan<double> row)
    {
        if (row[VolumeRatio] < MinVolumeRatio)
        {
            return "volume";
        }

        if (MaxVolatility > 0 && row[Volatility] > MaxVolatility)
        {
            return "volatility";
        }

        var against = action == SystemAction.Buy ? row[Fast] < row[Slow] : row[Fast] > row[Slow];
        return WithTrend && against ? "trend" : null;
    }

    private static int PlaceOf(string name) => FeatureNames.All.Index().First(feature => feature.Item == name).Index;
}
