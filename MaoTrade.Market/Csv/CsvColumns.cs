namespace MaoTrade.Market.Csv;

/// <summary>
/// Which column holds what. Header <c>date|time,open,high,low,close[,volume]</c>, or both sides:
/// <c>time,bid_open … bid_close,ask_open … ask_close[,volume]</c>, or the same names in angle brackets as MetaStock
/// exports them (<c>&lt;TICKER&gt;,&lt;PER&gt;,&lt;DTYYYYMMDD&gt;,&lt;TIME&gt;,&lt;OPEN&gt; … &lt;VOL&gt;,&lt;OPENINT&gt;</c>). Columns of other
/// names are passed over. -1 is a column the file does not have; names are kept for messages.
/// </summary>
internal sealed record CsvColumns(string[] Names, int Ticker, int Date, int Time, int[] Prices, int[] Bid, int[] Ask, int Volume)
{
    private static readonly string[] Sides = ["open", "high", "low", "close"];
    private static readonly string[] BeforeDate = ["ticker", "per"];
    private static readonly string[] AfterPrices = ["volume", "openint"];

    public int Count => Names.Length;

    /// <summary>The columns a header names; null when it lacks one.</summary>
    public static CsvColumns? Parse(string[] header, out string error)
    {
        var names = Array.ConvertAll(header, name => name.Trim(' ', '<', '>').ToLowerInvariant());
        var date = Find(names, "date", "dtyyyymmdd", "yyyymmdd");
        var time = Find(names, "time", "timestamp", "datetime", "date/time", "date time", "gmt time");
        var prices = Array.ConvertAll(Sides, side => Find(names, side));
        var bid = Array.ConvertAll(Sides, side => Find(names, "bid_" + side));
        var ask = Array.ConvertAll(Sides, side => Find(names, "ask_" + side));
        var bothSides = !bid.Concat(ask).Contains(-1);
        if (date < 0 && time < 0)
        {
            error = "the header names neither date nor time";
            return null;
        }

        if (!bothSides && prices.Contains(-1))
        {
            error = "the header must name open, high, low and close, or the four of bid_ and the four of ask_";
            return null;
        }

        error = "";
        return new CsvColumns(
            names, Find(names, "ticker", "symbol"), date, time, prices, bothSides ? bid : [], bothSides ? ask : [], Find(names, "volume", "vol"));
    }

    /// <summary>
    /// The columns of a MetaStock export without a header, by its first line:
    /// <c>[ticker[,period]],date[,time],open,high,low,close[,volume[,open interest]]</c>; null when it is no such line.
    /// </summary>
    public static CsvColumns? Guess(string[] fields)
    {
        var date = Array.FindIndex(fields, field => Enum.GetValues<CsvDateOrder>().Any(order => CsvTimes.TryParse(field, order, out _)));
        if (date is < 0 or > 2)
        {
            return null;
        }

        var hasTime = fields.Length - date > 5 && IsClock(fields[date + 1], fields.Length - date);
        string[] names =
        [
            .. BeforeDate.Take(date), "date", .. hasTime ? ["time"] : Array.Empty<string>(), .. Sides,
            .. AfterPrices.Take(Math.Max(0, fields.Length - date - (hasTime ? 6 : 5))),
        ];
        return names.Length == fields.Length ? Parse(names, out _) : null;
    }

    /// <summary>A colon, or the four or six digits exports write: a price of the kind would lack its decimals.</summary>
    private static bool IsClock(string field, int columns) =>
        field.Contains(':') || (columns > 6 && field.Length is 4 or 6 && field.All(char.IsAsciiDigit)
            && CsvTimes.TryParse("2000-01-01", field, CsvDateOrder.YearMonthDay, out _));

    private static int Find(string[] names, params ReadOnlySpan<string> wanted)
    {
        foreach (var name in wanted)
        {
            var at = Array.IndexOf(names, name);
            if (at >= 0)
            {
                return at;
            }
        }

        return -1;
    }
}
