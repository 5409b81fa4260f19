namespace MaoTrade.Market.Features;

/// <summary>What a model sees of the market, in this order.</summary>
public static class FeatureNames
{
    /// <summary>How many there are.</summary>
    public const int Count = 27;

    /// <summary>The names, in the order of the numbers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "returns", "volatility", "sma_20", "ema_20", "sma_50", "ema_50", "sma_200", "ema_200", "macd", "macd_signal", "macd_hist",
        "rsi_14", "rsi_28", "bb_middle", "bb_upper", "bb_lower", "bb_width", "atr", "volume_ma", "volume_ratio", "obv", "support",
        "resistance", "log_returns", "market_condition_strength", "market_condition_volatility", "price_momentum",
    ];
}
