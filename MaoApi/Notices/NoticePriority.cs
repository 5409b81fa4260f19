namespace MaoApi.Notices;

/// <summary>The words of <c>priority</c>.</summary>
internal static class NoticePriority
{
    public const string Normal = "normal";

    /// <summary>Quiet hours do not hold it back.</summary>
    public const string High = "high";
}
