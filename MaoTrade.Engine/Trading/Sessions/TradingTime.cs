namespace MaoTrade.Engine.Trading.Sessions;

/// <summary>Where a market stands in its day; the numbers are known to clients.</summary>
public enum TradingTime
{
    Close = 0,
    Open = 1,

    /// <summary>Closed, and it opens within five minutes.</summary>
    ToOpen = 2,

    /// <summary>Open, and it closes within five minutes.</summary>
    ToClose = 3,
}
