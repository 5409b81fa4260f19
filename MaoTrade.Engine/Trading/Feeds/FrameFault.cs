namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>Why a frame is not taken.</summary>
public enum FrameFault
{
    /// <summary>A price is zero or negative.</summary>
    NotPositive,

    /// <summary>High below low, or open or close outside of them.</summary>
    Inconsistent,

    /// <summary>A price or volume no market has, or a price a hundred times the last one or a hundredth of it.</summary>
    Absurd,

    /// <summary>Of another length than was asked for.</summary>
    WrongTimeFrame,

    /// <summary>It begins later than one frame after the broker's own time, or at no time of the calendar.</summary>
    Future,

    /// <summary>Already taken, or older than one that was.</summary>
    Past,

    /// <summary>Its market was closed all the while.</summary>
    OutsideHours,
}
