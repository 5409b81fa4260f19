using System.Globalization;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Layers;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Frames;

namespace MaoApi.Reports;

/// <summary>A ticker's candles with indicators: those that are prices over the candles, the others below with scales of their own.</summary>
internal static class TickerSheet
{
    private const int PriceHeight = 400;
    private const int IndicatorHeight = 110;
    private const int VolumeHeight = 80;

    private static readonly Ink[] Inks = [Ink.First, Ink.Second, Ink.Third, Ink.Fourth, Ink.Fifth];

    private static readonly HashSet<string> OverPrices = new(StringComparer.Ordinal)
    {
        "sma", "ema", "highest", "lowest", "resistance", "support", "bb_middle", "bb_upper", "bb_lower", "mama", "fama",
    };

    /// <summary>The report.</summary>
    /// <param name="title">The ticker.</param>
    /// <param name="timeFrameSeconds">Length of a bar.</param>
    /// <param name="bars">At least one, in the order of time.</param>
    /// <param name="lines">Indicators worked out on them.</param>
    public static Report Of(string title, int timeFrameSeconds, IReadOnlyList<Frame> bars, IReadOnlyList<TickerLine> lines)
    {
        var overlays = lines.Where(line => OverPrices.Contains(line.Name)).ToList();
        var below = lines.Where(line => !OverPrices.Contains(line.Name)).GroupBy(line => line.Group, StringComparer.Ordinal);
        var (first, last) = (bars[0], bars[^1]);
        var change = first.Open == 0 ? 0 : (double)((last.Close / first.Open) - 1);
        var sheet = new ChartSheet
        {
            Title = title,
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{FigureText.Time(first.UnixSeconds)} to {FigureText.Time(last.UnixSeconds)} UTC, {bars.Count:N0} bars of {FigureText.Length(timeFrameSeconds)}"),
            Figures =
            [
                new("last", Number(last.Close)), new("change", FigureText.Percent(change), Math.Sign(change)), new("highest", Number(bars.Max(bar => bar.High))),
                new("lowest", Number(bars.Min(bar => bar.Low))),
            ],
            Frames = [.. bars.Select(bar => bar.UnixSeconds)],
            TimeFrameSeconds = timeFrameSeconds,
            Panels =
            [
                new Panel("Prices", PriceHeight, [new CandleLayer(bars), .. overlays.Select(Line)]),
                .. below.Select(group => new Panel(group.Key, IndicatorHeight, [.. group.SelectMany(Below)])),
                .. bars.Any(bar => bar.Volume > 0)
                    ? [new Panel("Volume", VolumeHeight, [new ColumnLayer([.. bars.Select(bar => (double)bar.Volume)]) { Name = "volume", IsSigned = false }])]
                    : Array.Empty<Panel>(),
            ],
        };
        return new Report(sheet, []);
    }

    private static Layer Line(TickerLine line, int number) => new LineLayer(line.Values, Inks[number % Inks.Length])
    {
        Name = line.Label,
        Dash = number % Inks.Length * 3,
    };

    private static IEnumerable<Layer> Below(TickerLine line, int number)
    {
        if (line.Name == "rsi")
        {
            yield return new LevelLayer(30);
            yield return new LevelLayer(70);
        }

        yield return line.Name.EndsWith("_hist", StringComparison.Ordinal) ? new ColumnLayer(line.Values) { Name = line.Label } : Line(line, number);
    }

    private static string Number(decimal value) => value.ToString("#,0.########", CultureInfo.InvariantCulture);
}
