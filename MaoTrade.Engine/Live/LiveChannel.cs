namespace MaoTrade.Engine.Live;

/// <summary>What a subscriber can hear of (PROTOCOL.md, Live).</summary>
public enum LiveChannel
{
    /// <summary>The account and its positions, whole each time.</summary>
    Portfolio = 0,

    /// <summary>Orders, each step of them.</summary>
    Orders = 1,

    /// <summary>Signals.</summary>
    Signals = 2,

    /// <summary>Trades that ended.</summary>
    Trades = 3,

    /// <summary>Lines of the engine's log.</summary>
    Logs = 4,
}
