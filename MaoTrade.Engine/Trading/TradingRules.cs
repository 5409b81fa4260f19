using System.Collections.Frozen;
using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Engine.Trading;

/// <summary>What the configuration says about trading; fixed while a session lasts.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Zone">Time zone of trading windows.</param>
/// <param name="Symbols">Known instruments by epic; others are judged by the broker alone.</param>
public sealed record TradingRules(
    string AccountId, TimeZoneInfo Zone, FrozenDictionary<string, SymbolRules> Symbols)
{
    /// <summary>Sizes the opening orders of systems in place of the systems; null = they say it themselves.</summary>
    public Systems.IOrderSizing? Sizing { get; init; }

    /// <summary>How often the account is compared with the broker while it trades, 1 s to 1 day.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether systems may send messages to people's devices.</summary>
    public bool SendsPushes { get; init; } = true;

    /// <summary>When the market of an epic is open; null = always.</summary>
    public MarketHours? HoursOf(string epic) => Symbols.GetValueOrDefault(epic)?.Hours;
}

/// <summary>Bounds and steps of one instrument, null = unbounded; its market's hours, null = always open.</summary>
public sealed record SymbolRules(
    string Epic, decimal? MinQty, decimal? MaxQty, decimal? QtyStep, decimal? PriceStep, MarketHours? Hours = null)
{
    /// <summary>What a fill costs, as a part of quantity · price; null = not known.</summary>
    public decimal? FeeRate { get; init; }

    /// <summary>Currency of its prices; null = the account's.</summary>
    public string? Currency { get; init; }
}
