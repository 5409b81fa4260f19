namespace MaoTrade.Market.Charts.Reports;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Any text; writers escape it.</param>
/// <param name="Mood">Above 0 good, below bad, 0 neither.</param>
public readonly record struct ReportCell(string Text, int Mood = 0)
{
    public static implicit operator ReportCell(string text) => new(text);
}
