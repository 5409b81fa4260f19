namespace MaoTrade.Market.Metastock;

/// <summary>
/// The rules a row keeps; <see cref="MetastockDecoder"/> asks the same of four at once.
/// </summary>
internal static class MetastockRow
{
    /// <summary>Smaller prices would lose digits as decimals.</summary>
    public const double LeastPrice = 1e-20;

    /// <summary>Larger numbers are beyond a decimal.</summary>
    public const double MostNumber = 1e24;

    /// <summary><see cref="LeastPrice"/> where numbers are decimals.</summary>
    public const decimal LeastDecimalPrice = 1e-20m;

    /// <summary><see cref="MostNumber"/> where numbers are decimals.</summary>
    public const decimal MostDecimal = 1e24m;

    /// <summary>Whether a row of a page keeps all rules.</summary>
    public static bool IsGood(MetastockPage page, int row)
    {
        var (open, high, low, close) = (page.Opens[row], page.Highs[row], page.Lows[row], page.Closes[row]);
        return page.Times[row] != MetastockDecoder.NoTime
            && low >= LeastPrice && high <= MostNumber && low <= Math.Min(open, close) && high >= Math.Max(open, close)
            && page.Volumes[row] is >= 0 and <= MostNumber && page.Interests[row] is >= 0 and <= MostNumber;
    }

    /// <summary>Which rule a row breaks first.</summary>
    public static string FaultOf(ReadOnlySpan<byte> row, in MetastockLayout layout)
    {
        var date = MbfSingle.Read(row);
        if (!MetastockDate.TryParse(date, out _))
        {
            return $"the date {date} is none";
        }

        if (layout.Time > 0 && At(row, layout.Time) is var time && !MetastockDate.TryParseTime(time, out _))
        {
            return $"the time {time} is none";
        }

        var high = At(row, layout.High);
        var low = At(row, layout.Low);
        var close = At(row, layout.Close);
        var open = layout.Open > 0 ? At(row, layout.Open) : close;
        return PriceFault("open", open) ?? PriceFault("high", high) ?? PriceFault("low", low) ?? PriceFault("close", close)
            ?? OutsideFault(high, low, open, close)
            ?? (layout.Volume > 0 ? AmountFault("volume", At(row, layout.Volume)) : null)
            ?? (layout.OpenInterest > 0 ? AmountFault("open interest", At(row, layout.OpenInterest)) : null)
            ?? throw new ArgumentException("The row breaks no rule.", nameof(row));
    }

    private static string? PriceFault(string name, double value) =>
        value is >= LeastPrice and <= MostNumber ? null : $"the {name} {value:G7} is not a positive price in range";

    private static string? OutsideFault(double high, double low, double open, double close) =>
        high >= Math.Max(open, close) && low <= Math.Min(open, close)
            ? null
            : $"the high {high:G7} and the low {low:G7} do not enclose the open {open:G7} and the close {close:G7}";

    private static string? AmountFault(string name, double value) =>
        value is >= 0 and <= MostNumber ? null : $"the {name} {value:G7} is below 0 or out of range";

    private static double At(ReadOnlySpan<byte> row, int column) => MbfSingle.Read(row[(4 * column)..]);
}
