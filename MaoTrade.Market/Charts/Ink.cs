namespace MaoTrade.Market.Charts;

/// <summary>What a shape is drawn for; <see cref="Palette"/> has its colours on light and on dark ground.</summary>
public enum Ink
{
    /// <summary>The ground itself: inside hollow candles.</summary>
    Ground,

    /// <summary>Titles, values, prices.</summary>
    Text,

    /// <summary>What stands beside: axes, names.</summary>
    Soft,

    /// <summary>Lines of the grid.</summary>
    Grid,

    /// <summary>Rising, bought, won.</summary>
    Up,

    /// <summary>Falling, sold, lost.</summary>
    Down,

    /// <summary>The equity, and the first line over prices.</summary>
    First,

    /// <summary>The second line.</summary>
    Second,

    /// <summary>The third line.</summary>
    Third,

    /// <summary>The fourth line.</summary>
    Fourth,

    /// <summary>The fifth line.</summary>
    Fifth,
}
