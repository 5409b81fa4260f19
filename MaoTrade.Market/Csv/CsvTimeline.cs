namespace MaoTrade.Market.Csv;

/// <summary>How the lines of a file go through time.</summary>
/// <param name="Order">Order of the parts of a date.</param>
/// <param name="NewestFirst">Whether the lines go back in time.</param>
internal sealed record CsvTimeline(CsvDateOrder Order, bool NewestFirst)
{
    /// <summary>
    /// The order in which most lines have dates. Where day and month could be exchanged in all of them: the order in which
    /// the lines go one way, in the shortest time; where that tells nothing, dates with points or dashes begin with the day,
    /// and those with slashes are null.
    /// </summary>
    public static CsvTimeline? Sniff(CsvColumns columns, IReadOnlyList<string[]> sample, CsvDateOrder? wanted)
    {
        CsvDateOrder[] orders = wanted is { } one ? [one] : Enum.GetValues<CsvDateOrder>();
        var tries = orders.Select(order => Try.Of(columns, sample, order)).OrderByDescending(one => one.Good).ToList();
        var best = tries[0];
        if (tries.Count > 1 && best.Good > 0 && tries[1].Good == best.Good)
        {
            var other = tries[1];
            if (best.Turns == other.Turns && best.Span == other.Span)
            {
                return best.Slashes ? null : new CsvTimeline(CsvDateOrder.DayMonthYear, best.IsFalling);
            }

            best = (other.Turns, other.Span).CompareTo((best.Turns, best.Span)) < 0 ? other : best;
        }

        return new CsvTimeline(best.Order, best.IsFalling);
    }

    private sealed record Try(CsvDateOrder Order, int Good, int Turns, long Span, bool IsFalling, bool Slashes)
    {
        public static Try Of(CsvColumns columns, IReadOnlyList<string[]> sample, CsvDateOrder order)
        {
            var times = new List<long>();
            var slashes = false;
            foreach (var fields in sample)
            {
                var date = fields[columns.Date >= 0 ? columns.Date : columns.Time];
                slashes |= date.Contains('/');
                if (columns.Date >= 0 && columns.Time >= 0
                    ? CsvTimes.TryParse(date, fields[columns.Time], order, out var at)
                    : CsvTimes.TryParse(date, order, out at))
                {
                    times.Add(at);
                }
            }

            var (rises, falls) = (0, 0);
            for (var i = 1; i < times.Count; i++)
            {
                rises += times[i] > times[i - 1] ? 1 : 0;
                falls += times[i] < times[i - 1] ? 1 : 0;
            }

            return new Try(
                order, times.Count, Math.Min(rises, falls), times.Count == 0 ? 0 : times.Max() - times.Min(), falls > rises, slashes);
        }
    }
}
