namespace MaoTrade.Market.Figures;

/// <summary>
/// What an account, a system of it or a system test brought in a period: days and figures by <see cref="Performance"/>. Of an account and of
/// a test: the equity from day to day. Of a system or a signal of an account, whose part of the equity nobody knows: the account's equity at
/// the period's start and the profits of its trades since.
/// </summary>
public sealed class AccountResult
{
    private readonly IReadOnlyList<EquityDay> _equity;
    private readonly IReadOnlyList<ClosedTrade> _trades;
    private readonly TimeSpan _elapsed;
    private readonly double? _exposure;

    private AccountResult(
        IReadOnlyList<EquityDay> equity, IReadOnlyList<ClosedTrade> trades, TimeSpan elapsed, double? exposure, Func<DateTimeOffset, DateOnly> dayOf)
    {
        (_equity, _trades, _elapsed, _exposure) = (equity, trades, elapsed, exposure);
        var byDay = trades.ToLookup(trade => dayOf(trade.At), Outcome);
        var known = equity.ToDictionary(day => day.Date);
        Days =
        [
            .. known.Keys.Union(byDay.Select(day => day.Key)).Order()
                .Select(date => ResultDay.Of(date, known.GetValueOrDefault(date), [.. byDay[date]])),
        ];
    }

    /// <summary>One for each day with a figure or a trade, oldest first.</summary>
    public IReadOnlyList<ResultDay> Days { get; }

    /// <summary>Of all trades and the account's equity.</summary>
    /// <param name="days">Equity of the days, oldest first, the one that runs last.</param>
    /// <param name="trades">Trades of the period.</param>
    /// <param name="elapsed">Time from the first equity to the last.</param>
    /// <param name="exposure">Part of the time with an open position; null where it is not known.</param>
    /// <param name="dayOf">The day of a moment.</param>
    public static AccountResult OfAccount(
        IReadOnlyList<EquityDay> days, IReadOnlyList<ClosedTrade> trades, TimeSpan elapsed, double? exposure, Func<DateTimeOffset, DateOnly> dayOf) =>
        new(days, trades, elapsed, exposure, dayOf);

    /// <summary>Of a curve whose days are UTC days: a system test.</summary>
    /// <param name="start">Equity before the first point.</param>
    /// <param name="curve">Its points in the order of time.</param>
    /// <param name="trades">All trades.</param>
    /// <param name="exposure">Part of the points with an open position.</param>
    public static AccountResult OfCurve(decimal start, IReadOnlyList<EquityPoint> curve, IReadOnlyList<ClosedTrade> trades, double? exposure) => new(
        EquityDay.Of(start, curve),
        trades,
        TimeSpan.FromSeconds(curve.Count == 0 ? 0 : curve[^1].UnixSeconds - curve[0].UnixSeconds),
        exposure,
        at => DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>Of the trades of one system or signal; parameters as of <see cref="OfAccount"/>.</summary>
    public static AccountResult OfTrades(
        IReadOnlyList<EquityDay> days, IReadOnlyList<ClosedTrade> trades, TimeSpan elapsed, double? exposure, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var own = new List<EquityDay>();
        if (days.Count > 0)
        {
            var equity = days[0].Start;
            var byDay = trades.ToLookup(trade => dayOf(trade.At));
            foreach (var date in days.Select(day => day.Date).Union(byDay.Select(day => day.Key)).Order())
            {
                var day = EquityDay.Begin(date, equity);
                foreach (var trade in byDay[date])
                {
                    equity += trade.Pnl;
                    day = EquityDay.After(day, date, equity);
                }

                own.Add(day);
            }
        }

        return new AccountResult(own, trades, elapsed, exposure, dayOf);
    }

    /// <summary>The figures of the whole period.</summary>
    public PerformanceFigures Figures() => Performance.Of(_equity, _elapsed, [.. _trades.Select(Outcome)], _exposure);

    private static TradeOutcome Outcome(ClosedTrade trade) => new(trade.Pnl, trade.Fees);
}
