namespace MaoTrade.Market.Charts.Reports;

/// <summary>What a report is written as; by their names in lower case in addresses and flags.</summary>
public enum ReportFormat
{
    /// <summary>A page that needs nothing else.</summary>
    Html,

    /// <summary>The charts as lines that stay sharp.</summary>
    Svg,

    /// <summary>The charts as a picture.</summary>
    Png,
}
