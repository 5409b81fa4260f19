namespace MaoTrade.Market.Charts.Reports;

/// <summary>A table of a page.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="TextColumns">How many of the first hold text and stand to the left; the others hold numbers.</param>
/// <param name="Rows">Cells by row; made as they are written.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, int TextColumns, IEnumerable<IReadOnlyList<ReportCell>> Rows);
