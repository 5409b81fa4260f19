namespace MaoApi.MarketData;

/// <summary>Lengths of bars.</summary>
internal static class TimeFrames
{
    public const int Hour = 3_600;

    public const int Day = 86_400;

    public const int Week = 7 * Day;

    /// <summary>
    /// The longest. Months, quarters and years have no fixed length and are no time frames: a chart of months is made of days by whoever
    /// shows it.
    /// </summary>
    public const int Longest = 31 * Day;

    public static bool IsValid(int seconds) => seconds is > 0 and <= Longest;
}
