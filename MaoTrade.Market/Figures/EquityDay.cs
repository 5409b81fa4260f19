using System.Text.Json.Serialization;

namespace MaoTrade.Market.Figures;

/// <summary>Equity of one day: a trading day of a live account, a UTC day of a system test.</summary>
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

    /// <summary>The days of a curve, oldest first: its first day begins with the start equity, each later one with its own first point.</summary>
    /// <param name="start">Equity before the first point.</param>
    /// <param name="curve">Points in the order of time; a day is a UTC day.</param>
    public static IReadOnlyList<EquityDay> Of(decimal start, IReadOnlyList<EquityPoint> curve)
    {
        var days = new List<EquityDay>();
        foreach (var point in curve)
        {
            var date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(point.UnixSeconds).UtcDateTime);
            if (days.Count == 0)
            {
                days.Add(Begin(date, start).With(point.Value));
            }
            else if (days[^1].Date < date)
            {
                days.Add(Begin(date, point.Value));
            }
            else
            {
                days[^1] = days[^1].With(point.Value);
            }
        }

        return days;
    }

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
                MaxDrawdown = Peak > 0 ? Math.Max(MaxDrawdown, Performance.Fall(Peak, equity)) : MaxDrawdown,
            };
    }
}
