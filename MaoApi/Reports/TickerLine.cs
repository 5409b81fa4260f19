namespace MaoApi.Reports;

/// <summary>One line of an indicator.</summary>
/// <param name="Name">What it is, such as <c>macd_signal</c>.</param>
/// <param name="Parameters">The numbers it was made with, as text.</param>
/// <param name="Values">One for each bar; no number where it has none yet.</param>
internal sealed record TickerLine(string Name, string Parameters, IReadOnlyList<double> Values)
{
    /// <summary>How it is told.</summary>
    public string Label => Parameters.Length == 0 ? Name : $"{Name} {Parameters}";

    /// <summary>Lines of one indicator share a panel: <c>macd</c>, <c>macd_signal</c> and <c>macd_hist</c> with the same numbers.</summary>
    public string Group => Name.StartsWith("macd", StringComparison.Ordinal) ? $"macd {Parameters}" : Label;
}
