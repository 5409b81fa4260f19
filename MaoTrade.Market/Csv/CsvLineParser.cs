using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Csv;

/// <summary>Reads the lines of a file whose dialect is known, one after the other.</summary>
internal sealed class CsvLineParser(CsvDialect dialect)
{
    private static readonly string[] Orders = ["year, month, day", "day, month, year", "month, day, year"];

    private readonly CsvColumns _columns = dialect.Columns;
    private string? _ticker;
    private long? _last;

    /// <summary>Null is a line that was too long.</summary>
    public CsvRow Parse(string? line, int number)
    {
        if (line is null)
        {
            return Fault(number, "the line is too long");
        }

        Span<Range> fields = stackalloc Range[CsvFields.Max];
        var count = CsvFields.Split(line, dialect.Separator, fields);
        if (count != _columns.Count)
        {
            return Fault(number, count == 0 ? $"the quote at character {fields[0].Start.Value + 1} is not closed" : $"{count} columns instead of {_columns.Count}");
        }

        if (TickerFault(line, fields) is { } another)
        {
            return Fault(number, another);
        }

        if (!TryTime(line, fields, out var unixSeconds))
        {
            return Fault(number, TimeFault(line, fields));
        }

        if (dialect.NewestFirst ? unixSeconds >= _last : unixSeconds <= _last)
        {
            return Fault(number, $"the time is not {(dialect.NewestFirst ? "before" : "after")} the time of the line before");
        }

        var volume = 0m;
        if (_columns.Volume >= 0 && line.AsSpan(fields[_columns.Volume]) is var text
            && !CsvNumbers.TryParse(text, dialect.DecimalComma, out volume))
        {
            return Fault(number, $"{Named(_columns.Volume)}: '{Shown(text)}' is not a number of 0 or more");
        }

        QuotedFrame bar;
        string? fault;
        if (_columns.Bid.Length == 0)
        {
            fault = QuoteFault(_columns.Prices, line, fields, out var quote);
            bar = new QuotedFrame(new Frame(unixSeconds, quote.Open, quote.High, quote.Low, quote.Close, volume), null, null);
        }
        else
        {
            fault = QuoteFault(_columns.Bid, line, fields, out var bid);
            fault = QuoteFault(_columns.Ask, line, fields, out var ask) is { } otherSide ? fault ?? otherSide : fault;
            bar = QuotedFrame.FromSides(unixSeconds, bid, ask, volume);
        }

        if (fault is not null)
        {
            return Fault(number, fault);
        }

        _last = unixSeconds;
        return new CsvRow(number, bar, null);
    }

    private static CsvRow Fault(int number, string message) => new(number, null, message);

    private string? TickerFault(string line, Span<Range> fields)
    {
        if (_columns.Ticker < 0)
        {
            return null;
        }

        var ticker = line.AsSpan(fields[_columns.Ticker]).Trim();
        _ticker ??= ticker.ToString();
        return ticker.Equals(_ticker, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{Named(_columns.Ticker)}: '{Shown(ticker)}' where the lines before have '{_ticker}'";
    }

    private bool TryTime(string line, Span<Range> fields, out long unixSeconds)
    {
        if (_columns.Date < 0 || _columns.Time < 0)
        {
            return CsvTimes.TryParse(line.AsSpan(fields[Math.Max(_columns.Date, _columns.Time)]), dialect.Dates, out unixSeconds);
        }

        return CsvTimes.TryParse(line.AsSpan(fields[_columns.Date]), line.AsSpan(fields[_columns.Time]), dialect.Dates, out unixSeconds);
    }

    private string TimeFault(string line, Span<Range> fields)
    {
        var at = _columns.Date < 0 || (_columns.Time >= 0 && CsvTimes.TryParse(line.AsSpan(fields[_columns.Date]), dialect.Dates, out _))
            ? _columns.Time
            : _columns.Date;
        return $"{Named(at)}: '{Shown(line.AsSpan(fields[at]))}' is not a {(at == _columns.Date ? "date" : "time")}"
            + (at == _columns.Time && _columns.Date >= 0 ? "" : $" in the order {Orders[(int)dialect.Dates]}");
    }

    private string? QuoteFault(int[] at, string line, Span<Range> fields, out Quote quote)
    {
        quote = default;
        Span<decimal> prices = stackalloc decimal[4];
        for (var i = 0; i < 4; i++)
        {
            var text = line.AsSpan(fields[at[i]]);
            if (!CsvNumbers.TryParse(text, dialect.DecimalComma, out prices[i]) || prices[i] <= 0)
            {
                return $"{Named(at[i])}: '{Shown(text)}' is not a positive number";
            }
        }

        quote = new Quote(prices[0], prices[1], prices[2], prices[3]);
        return quote.High < Math.Max(quote.Open, quote.Close) ? $"{Named(at[1])}: the high is below the open or the close"
            : quote.Low > Math.Min(quote.Open, quote.Close) ? $"{Named(at[2])}: the low is above the open or the close"
            : null;
    }

    private string Named(int column) => $"column {column + 1} ({_columns.Names[column]})";

    private static string Shown(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
