namespace MaoApi.Features.ClientMt;

/// <summary>A time of day as requests write it.</summary>
internal static class ClockTime
{
    public const string Pattern = "([01][0-9]|2[0-3]):[0-5][0-9]";
    public const string Expected = "a time HH:mm is expected";
}
