namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>Equity of a trading day that is over.</summary>
public sealed class EquityDayRow
{
    /// <summary>yyyy-MM-dd.</summary>
    public required string Date { get; set; }

    public required string StartEquity { get; set; }

    public required string EndEquity { get; set; }

    public required string Peak { get; set; }

    public required string Low { get; set; }

    /// <summary>Part of the day's highest equity so far.</summary>
    public double MaxDrawdown { get; set; }
}
