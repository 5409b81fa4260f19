namespace MaoTrade.Engine.Systems;

/// <summary>Where a system runs: fixed while its signal is.</summary>
/// <param name="Epic">Its instrument.</param>
/// <param name="TimeFrameSeconds">Length of its frames.</param>
/// <param name="Zone">Time zone of the account.</param>
/// <param name="QtyStep">Step of quantities of the instrument; null = none is known.</param>
/// <param name="MinQty">Smallest quantity of the instrument; null = none is known.</param>
/// <param name="MaxQty">Largest quantity of the instrument; null = none is known.</param>
public sealed record SystemContext(
    string Epic, int TimeFrameSeconds, TimeZoneInfo Zone, decimal? QtyStep = null, decimal? MinQty = null, decimal? MaxQty = null)
{
    /// <summary>Local time at the end of a frame.</summary>
    /// <param name="frameUnixSeconds">Start of the frame.</param>
    public DateTimeOffset LocalEnd(long frameUnixSeconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(frameUnixSeconds + TimeFrameSeconds), Zone);
}
