using System.Globalization;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Csv;

/// <summary>
/// Reads frames from CSV text line by line; a faulty line is reported with its number and does not stop the rest.
/// Dates are ISO (or yyyyMMdd), a date without time is 00:00 UTC, times without an offset are UTC.
/// </summary>
public static class CsvFrameReader
{
    private const int MaxColumns = 64;

    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyyMMdd", "yyyyMMdd HHmmss", "yyyyMMdd HH:mm:ss", "yyyyMMdd HH:mm", "yyyyMMdd HHmm",
    ];

    /// <summary>The lines after the header in their order; frames come out in the order of time only if the file has it.</summary>
    public static IEnumerable<CsvRow> Read(TextReader reader)
    {
        CsvColumns? columns = null;
        var number = 0;
        long last = long.MinValue;
        foreach (var line in BoundedLines.Read(reader))
        {
            number++;
            if (columns is null)
            {
                var error = "the line is too long";
                columns = line is null ? null : CsvColumns.Parse(line, out error);
                if (columns is null)
                {
                    yield return new CsvRow(number, null, error);
                    yield break;
                }

                continue;
            }

            if (line is { Length: 0 })
            {
                continue;
            }

            var row = line is null ? new CsvRow(number, null, "the line is too long") : ParseLine(columns, line, number);
            if (row.Bar is { } bar)
            {
                if (bar.Frame.UnixSeconds <= last)
                {
                    row = new CsvRow(number, null, "the time is not after the time of the line before");
                }
                else
                {
                    last = bar.Frame.UnixSeconds;
                }
            }

            yield return row;
        }
    }

    private static CsvRow ParseLine(CsvColumns columns, string line, int number)
    {
        Span<Range> parts = stackalloc Range[MaxColumns];
        var count = line.AsSpan().Split(parts, ',');
        if (count != columns.Count)
        {
            return new CsvRow(number, null, $"{count} columns instead of {columns.Count}");
        }

        if (!TryTime(columns, line, parts, out var unixSeconds))
        {
            return new CsvRow(number, null, "the date or time is not an ISO one");
        }

        var volume = 0m;
        if (columns.Volume >= 0 && !TryNumber(line.AsSpan(parts[columns.Volume]), out volume))
        {
            return new CsvRow(number, null, "the volume is not a number");
        }

        QuotedFrame bar;
        if (columns.Bid.Length > 0)
        {
            if (!TryQuote(columns.Bid, line, parts, out var bid) || !TryQuote(columns.Ask, line, parts, out var ask))
            {
                return new CsvRow(number, null, "a price is not a positive number, or high and low do not enclose the others");
            }

            bar = QuotedFrame.FromSides(unixSeconds, bid, ask, volume);
        }
        else if (TryQuote(columns.Prices, line, parts, out var quote))
        {
            bar = new QuotedFrame(new Frame(unixSeconds, quote.Open, quote.High, quote.Low, quote.Close, volume), null, null);
        }
        else
        {
            return new CsvRow(number, null, "a price is not a positive number, or high and low do not enclose the others");
        }

        return new CsvRow(number, bar, null);
    }

    private static bool TryTime(CsvColumns columns, string line, Span<Range> parts, out long unixSeconds)
    {
        var date = columns.Date >= 0 ? line.AsSpan(parts[columns.Date]).Trim().ToString() : null;
        var time = columns.Time >= 0 ? line.AsSpan(parts[columns.Time]).Trim().ToString() : null;
        var text = date is null ? time : time is null ? date : $"{date} {time}";
        var ok = DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        unixSeconds = at.ToUnixTimeSeconds();
        return ok;
    }

    private static bool TryQuote(int[] at, string line, Span<Range> parts, out Quote quote)
    {
        quote = default;
        if (!TryNumber(line.AsSpan(parts[at[0]]), out var open) || !TryNumber(line.AsSpan(parts[at[1]]), out var high)
            || !TryNumber(line.AsSpan(parts[at[2]]), out var low) || !TryNumber(line.AsSpan(parts[at[3]]), out var close))
        {
            return false;
        }

        quote = new Quote(open, high, low, close);
        return low > 0 && high >= Math.Max(open, close) && low <= Math.Min(open, close);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out value);
}
