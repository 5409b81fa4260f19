using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Trading;

/// <summary>Equity of one trading day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Start">First equity seen.</param>
/// <param name="Peak">Highest equity seen.</param>
/// <param name="Low">Lowest equity seen.</param>
/// <param name="Last">Last equity seen.</param>
/// <param name="MaxDrawdown">Largest fall from the highest equity so far of the day, as a part of it.</param>
public sealed record EquityDay(DateOnly Date, decimal Start, decimal Peak, decimal Low, decimal Last, double MaxDrawdown)
{
    /// <summary>Whether the figures are of a day at all: before the first market time they are not.</summary>
    [JsonIgnore]
    public bool HasDate => Date != DateOnly.MinValue;

    /// <summary>A day that begins with a figure.</summary>
    public static EquityDay Begin(DateOnly date, decimal equity) => new(date, equity, equity, equity, equity, 0);

    /// <summary>The day after another figure; a later day starts anew.</summary>
    public static EquityDay After(EquityDay? day, DateOnly date, decimal equity) =>
        day is null || day.Date < date ? Begin(date, equity) : day.With(equity);

    private EquityDay With(decimal equity)
    {
        if (equity == Last)
        {
            return this;
        }

        return equity >= Peak
            ? this with { Peak = equity, Last = equity }
            : this with
            {
                Low = Math.Min(Low, equity),
                Last = equity,
                MaxDrawdown = Peak > 0 ? Math.Max(MaxDrawdown, (double)(Peak - equity) / (double)Peak) : MaxDrawdown,
            };
    }
}
