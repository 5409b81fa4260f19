namespace MaoTrade.Market.Charts;

/// <summary>What a report shows, before it is drawn: panels one below the other over the same bars.</summary>
public sealed record ChartSheet
{
    public required string Title { get; init; }

    /// <summary>What the title leaves out: period, bars, currency.</summary>
    public required string Subtitle { get; init; }

    public IReadOnlyList<SheetFigure> Figures { get; init; } = [];

    /// <summary>Starts of the bars in the order of time, Unix seconds; may be empty, then <see cref="Nothing"/> is shown.</summary>
    public required IReadOnlyList<long> Frames { get; init; }

    /// <summary>Seconds of a bar; a bar of a day or longer is told by its date alone.</summary>
    public required int TimeFrameSeconds { get; init; }

    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>What stands in place of the charts where there are no bars.</summary>
    public string Nothing { get; init; } = "nothing to show";
}
