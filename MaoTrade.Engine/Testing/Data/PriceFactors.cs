using System.Globalization;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Testing.Data;

/// <summary>
/// Factors that take splits and dividends out of prices: the first row dated on or after a bar's UTC date gives
/// price · price_factor · split_factor and volume ÷ split_factor; after the last row nothing changes.
/// </summary>
public sealed class PriceFactors
{
    private readonly List<(DateOnly Date, decimal Price, decimal Split)> _rows = [];

    private PriceFactors()
    {
    }

    /// <summary>
    /// Reads <c>date,price_factor,split_factor</c>, with or without that header, dates yyyy-MM-dd or yyyyMMdd in their
    /// order; further columns are passed over. Faults go to the list with their line.
    /// </summary>
    public static PriceFactors Read(TextReader reader, string name, ICollection<string> faults)
    {
        var factors = new PriceFactors();
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("date", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (ReadRow(line) is not { } row)
            {
                faults.Add($"{name} line {number}: date,price_factor,split_factor is expected, the factors above 0");
            }
            else if (factors._rows.Count > 0 && factors._rows[^1].Date >= row.Date)
            {
                faults.Add($"{name} line {number}: the date is not after the date of the line before");
            }
            else
            {
                factors._rows.Add(row);
            }
        }

        return factors;
    }

    /// <summary>A bar with its prices and volume adjusted.</summary>
    public QuotedFrame Adjust(QuotedFrame bar)
    {
        var date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(bar.Frame.UnixSeconds).UtcDateTime);
        var at = _rows.FindIndex(row => row.Date >= date);
        if (at < 0)
        {
            return bar;
        }

        var factor = _rows[at].Price * _rows[at].Split;
        var frame = bar.Frame;
        return new QuotedFrame(
            new Frame(
                frame.UnixSeconds, frame.Open * factor, frame.High * factor, frame.Low * factor, frame.Close * factor,
                frame.Volume / _rows[at].Split),
            Times(bar.Bid, factor), Times(bar.Ask, factor));
    }

    private static Quote? Times(Quote? side, decimal factor) =>
        side is { } quote ? new Quote(quote.Open * factor, quote.High * factor, quote.Low * factor, quote.Close * factor) : null;

    private static (DateOnly Date, decimal Price, decimal Split)? ReadRow(string line)
    {
        var columns = line.Split(',');
        return columns.Length >= 3
            && DateOnly.TryParseExact(
                columns[0].Trim(), ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && TryFactor(columns[1], out var price) && TryFactor(columns[2], out var split)
            ? (date, price, split)
            : null;
    }

    private static bool TryFactor(string text, out decimal factor) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out factor) && factor > 0;
}
