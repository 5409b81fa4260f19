namespace MaoTrade.Market.Charts.Reports;

/// <summary>A report, before it is written in one of its formats: pictures hold the sheet, the page also what stands below it.</summary>
/// <param name="Sheet">Title, figures, charts.</param>
/// <param name="Sections">Tables and words below the charts.</param>
public sealed record Report(ChartSheet Sheet, IReadOnlyList<ReportSection> Sections);
