using System.Globalization;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A bar as the reference computes with it: mid prices for decisions, both sides for fills.</summary>
public readonly record struct ReferenceBar(
    long Frame, decimal Close, decimal BidOpen, decimal BidLow, decimal BidHigh, decimal AskOpen);

/// <summary>
/// What MacdCrossover must do on a series of bars, worked out from the description alone and without any code of the
/// product: whole sums on every bar, fills at the next open, stops inside the bar.
/// </summary>
public static class ReferenceReplay
{
    /// <summary>Rows of the hourly file with bid and ask.</summary>
    public static List<ReferenceBar> ReadBidAsk(IEnumerable<string> lines) =>
        [.. lines.Skip(1).Select(line => line.Split(',')).Select(c => new ReferenceBar(
            DateTimeOffset.Parse(c[0], CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
            (Number(c[4]) + Number(c[8])) / 2, Number(c[1]), Number(c[3]), Number(c[2]), Number(c[5])))];

    /// <summary>Bars of one instrument of a Metastock folder: seven columns of four bytes, one price for both sides.</summary>
    public static List<ReferenceBar> ReadMetastock(string folder, string symbol)
    {
        var master = File.ReadAllBytes(Path.Combine(folder, "MASTER"));
        var entry = Enumerable.Range(1, (master.Length / 53) - 1)
            .First(i => System.Text.Encoding.ASCII.GetString(master, (i * 53) + 36, 14).TrimEnd(' ', '\0') == symbol);
        var data = File.ReadAllBytes(Path.Combine(folder, $"F{master[entry * 53]}.DAT"));
        return
        [
            .. Enumerable.Range(1, (data.Length / 28) - 1)
                .Select(row => Enumerable.Range(0, 7).Select(column => Microsoft(data, (row * 28) + (column * 4))).ToArray())
                .Select(c => new ReferenceBar(Day(c[0]), Price(c[4]), Price(c[1]), Price(c[3]), Price(c[2]), Price(c[1])))
                .GroupBy(bar => bar.Frame).Select(day => day.First()).OrderBy(bar => bar.Frame),
        ];

        static double Microsoft(byte[] bytes, int at) => bytes[at + 3] == 0
            ? 0
            : (1 + (((((bytes[at + 2] & 0x7F) << 8 | bytes[at + 1]) << 8) | bytes[at]) / 8388608.0)) * Math.Pow(2, bytes[at + 3] - 129);

        static decimal Price(double value) => decimal.Parse(value.ToString("G7", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

        static long Day(double value) => new DateTimeOffset(
            1900 + ((int)value / 10000), (int)value / 100 % 100, (int)value % 100, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    }

    /// <summary>What FUTM must do: buy on the first bar, and then only its stop remains.</summary>
    public static List<LedgerOrder> FutmBuy(string account, string epic, List<ReferenceBar> bars, decimal stopPercent, decimal qty)
    {
        var stop = bars[0].Close * (1 - (stopPercent / 100m));
        var orders = new List<LedgerOrder> { new(account, epic, 0, 1, 0, qty, stop, bars[0].Frame, bars[1].Frame, bars[1].AskOpen) };
        var hit = bars.FindIndex(1, bar => bar.BidLow <= stop);
        if (hit > 0)
        {
            orders.Add(new LedgerOrder(account, epic, 1, 2, 2, qty, null, 0, bars[hit].Frame, Math.Min(stop, bars[hit].BidOpen)));
        }

        return orders;
    }

    public static List<LedgerOrder> MacdCrossover(
        string account, string epic, List<ReferenceBar> bars, int fast, int slow, decimal stopPercent, decimal qty)
    {
        var orders = new List<LedgerOrder>();
        var isLong = false;
        decimal? stop = null;
        LedgerOrder? waiting = null;
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            if (waiting is { } order)
            {
                isLong = order.Action == 0;
                stop = isLong ? order.StopPrice : null;
                orders.Add(order with { FillFrame = bar.Frame, FillPrice = isLong ? bar.AskOpen : bar.BidOpen });
                waiting = null;
            }

            if (isLong && bar.BidLow <= stop)
            {
                orders.Add(new LedgerOrder(account, epic, 1, 2, 2, qty, null, 0, bar.Frame, Math.Min(stop.Value, bar.BidOpen)));
                (isLong, stop) = (false, null);
            }

            if (i >= slow)
            {
                var before = Sign(bars, i - 1, fast, slow);
                var now = Sign(bars, i, fast, slow);
                if (before <= 0 && now > 0 && !isLong)
                {
                    waiting = new LedgerOrder(account, epic, 0, 1, 0, qty, bar.Close * (1 - (stopPercent / 100m)), bar.Frame);
                }
                else if (before >= 0 && now < 0 && isLong)
                {
                    waiting = new LedgerOrder(account, epic, 1, 2, 0, qty, null, bar.Frame);
                }
            }
        }

        if (waiting is not null)
        {
            orders.Add(waiting);
        }

        return orders;
    }

    private static int Sign(List<ReferenceBar> bars, int last, int fast, int slow) =>
        Math.Sign((Sum(bars, last, fast) * slow) - (Sum(bars, last, slow) * fast));

    private static decimal Sum(List<ReferenceBar> bars, int last, int count)
    {
        var sum = 0m;
        for (var i = last - count + 1; i <= last; i++)
        {
            sum += bars[i].Close;
        }

        return sum;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
