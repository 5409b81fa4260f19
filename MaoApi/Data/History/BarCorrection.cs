namespace MaoApi.Data.History;

/// <summary>What a bar was before another source told it differently (<c>mao_bar_corrections</c>).</summary>
internal sealed class BarCorrection
{
    public long Id { get; set; }

    public int TickerKey { get; set; }

    public int TimeFrameSeconds { get; set; }

    /// <summary>Unix seconds of the bar's start.</summary>
    public long Frame { get; set; }

    public decimal Open { get; set; }

    public decimal High { get; set; }

    public decimal Low { get; set; }

    public decimal Close { get; set; }

    public decimal Volume { get; set; }

    /// <summary>Who told the value that is used since.</summary>
    public required string Source { get; set; }

    public DateTimeOffset Corrected { get; set; }
}
