namespace MaoTrade.Market.Csv;

/// <summary>
/// Which column holds what. Header <c>date|time,open,high,low,close[,volume]</c>, or both sides:
/// <c>time,bid_open … bid_close,ask_open … ask_close[,volume]</c>, or the same names in angle brackets as MetaStock
/// exports them (<c>&lt;DATE&gt;,&lt;OPEN&gt; … &lt;VOL&gt;</c>). Columns of other names are passed over.
/// </summary>
internal sealed record CsvColumns(int Count, int Date, int Time, int[] Prices, int[] Bid, int[] Ask, int Volume)
{
    private static readonly string[] Sides = ["open", "high", "low", "close"];

    public static CsvColumns? Parse(string header, out string error)
    {
        var names = header.Split(',').Select(name => name.Trim(' ', '<', '>', '"', '\uFEFF').ToLowerInvariant()).ToArray();
        var date = Find(names, "date", "dtyyyymmdd");
        var time = Find(names, "time");
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
            names.Length, date, time, prices, bothSides ? bid : [], bothSides ? ask : [], Find(names, "volume", "vol"));
    }

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
