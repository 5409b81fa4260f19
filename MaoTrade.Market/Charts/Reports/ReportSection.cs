namespace MaoTrade.Market.Charts.Reports;

/// <summary>A part of a page below its charts.</summary>
/// <param name="Title">Its title.</param>
public sealed record ReportSection(string Title)
{
    /// <summary>Said beside the title; empty = nothing.</summary>
    public string Note { get; init; } = "";

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    public ReportTable? Table { get; init; }
}
