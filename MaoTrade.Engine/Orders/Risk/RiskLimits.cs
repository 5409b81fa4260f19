using System.Collections.Immutable;

namespace MaoTrade.Engine.Orders.Risk;

/// <summary>Limits checked before every order; null = no limit.</summary>
public sealed record RiskLimits
{
    public bool Enabled { get; init; }

    /// <summary>Largest quantity of one order.</summary>
    public decimal? MaxQty { get; init; }

    /// <summary>Largest absolute position per epic, working orders included.</summary>
    public ImmutableDictionary<string, decimal>? MaxQtyPerEpic { get; init; }

    /// <summary>Most epics with an open position.</summary>
    public int? MaxOpenPositions { get; init; }

    /// <summary>Most orders within any 60 seconds.</summary>
    public int? MaxOrdersPerMinute { get; init; }

    /// <summary>Largest loss since the day began (UTC), open loss included, in the account's currency.</summary>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>Largest fall from the day's highest equity, per cent.</summary>
    public decimal? MaxDrawdownPercent { get; init; }

    /// <summary>Largest distance of an order's price from the last tick, per cent.</summary>
    public decimal? MaxTickDeviationPercent { get; init; }

    /// <summary>Start of the trading window, HH:mm in the account's time zone.</summary>
    public string? TradingFrom { get; init; }

    /// <summary>End of the trading window, HH:mm in the account's time zone.</summary>
    public string? TradingTo { get; init; }
}
