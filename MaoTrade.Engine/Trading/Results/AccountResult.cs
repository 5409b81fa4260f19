using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Results;

/// <summary>
/// What an account, or one system of it, brought in a period. Of the account: its equity from day to day. Of a system or a signal, whose
/// part of the equity nobody knows: the account's equity at the period's start and the profits of its trades since. Formulas are those
/// of a system test (<see cref="Performance"/>). Fees and exposure are not known here: brokers tell profits only.
/// </summary>
public sealed class AccountResult
{
    private const double DaysPerYear = 365;
    private const long SecondsPerDay = 86_400;

    private readonly IReadOnlyList<ResultDay> _days;
    private readonly IReadOnlyList<ClosedTrade> _trades;
    private readonly List<EquityPoint> _curve;
    private readonly decimal? _start;
    private readonly double? _drawdown;

    private AccountResult(
        IReadOnlyList<ResultDay> days, IReadOnlyList<ClosedTrade> trades, List<EquityPoint> curve, decimal? start, double? drawdown) =>
        (_days, _trades, _curve, _start, _drawdown) = (days, trades, curve, start, drawdown);

    /// <summary>One for each day with a figure or a trade, oldest first.</summary>
    public IReadOnlyList<ResultDay> Days => _days;

    /// <summary>Of all trades and the account's equity.</summary>
    /// <param name="days">Equity of the days, oldest first, the one that runs last.</param>
    /// <param name="trades">Trades of the period.</param>
    /// <param name="dayOf">The trading day of a moment.</param>
    public static AccountResult OfAccount(
        IReadOnlyList<EquityDay> days, IReadOnlyList<ClosedTrade> trades, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var byDay = trades.ToLookup(trade => dayOf(trade.At));
        var equity = days.ToDictionary(day => day.Date);
        var dates = equity.Keys.Union(byDay.Select(day => day.Key)).Order();
        return new AccountResult(
            [.. dates.Select(date => DayOf(date, equity.GetValueOrDefault(date), byDay[date]))],
            trades,
            [.. days.Select(day => new EquityPoint(UnixSeconds(day.Date), day.Last))],
            days.Count > 0 ? days[0].Start : null,
            MaxDrawdown(days));
    }

    /// <summary>Of the trades of one system or signal.</summary>
    /// <param name="days">As for the account.</param>
    /// <param name="trades">Its trades of the period.</param>
    /// <param name="dayOf">The trading day of a moment.</param>
    public static AccountResult OfTrades(
        IReadOnlyList<EquityDay> days, IReadOnlyList<ClosedTrade> trades, Func<DateTimeOffset, DateOnly> dayOf)
    {
        decimal? start = days.Count > 0 ? days[0].Start : null;
        var equity = start;
        var byDay = trades.ToLookup(trade => dayOf(trade.At));
        var curve = new List<EquityPoint>();
        var rows = new List<ResultDay>();
        foreach (var date in days.Select(day => day.Date).Union(byDay.Select(day => day.Key)).Order())
        {
            var begin = equity;
            var points = new List<EquityPoint>();
            foreach (var trade in byDay[date])
            {
                equity += trade.Pnl;
                points.Add(new EquityPoint(UnixSeconds(date), equity ?? 0));
            }

            points.Add(new EquityPoint(UnixSeconds(date), equity ?? 0));
            curve.AddRange(points);
            rows.Add(DayOf(date, begin, equity, begin > 0 ? FiguresOf(begin.Value, points, []).MaxDrawdown : null, byDay[date]));
        }

        return new AccountResult(rows, trades, curve, start, null);
    }

    /// <summary>The figures of the whole period.</summary>
    public ResultFigures Figures()
    {
        var known = _start > 0 && _curve.Count > 0;
        var figures = FiguresOf(known ? _start!.Value : 1, known ? _curve : [], _trades);
        var drawdown = known ? _drawdown ?? figures.MaxDrawdown : (double?)null;
        var annual = known ? AnnualReturn(figures.TotalReturn) : null;
        return new ResultFigures
        {
            Trades = figures.Trades,
            Wins = figures.Wins,
            Losses = figures.Losses,
            WinRate = figures.WinRate,
            ProfitFactor = figures.ProfitFactor,
            TotalProfit = figures.TotalProfit,
            TotalFees = null,
            TotalReturn = known ? figures.TotalReturn : null,
            AnnualReturn = annual,
            Volatility = figures.Volatility,
            Sharpe = figures.Sharpe,
            Sortino = figures.Sortino,
            MaxDrawdown = drawdown,
            Calmar = drawdown > 0 ? annual / drawdown : null,
            Exposure = null,
        };
    }

    /// <summary>Compound growth over the calendar days, first and last included; null within the first day.</summary>
    private double? AnnualReturn(double totalReturn)
    {
        var days = ((_curve[^1].UnixSeconds - _curve[0].UnixSeconds) / SecondsPerDay) + 1;
        var annual = days < 2 || totalReturn < -1 ? double.NaN : Math.Pow(1 + totalReturn, DaysPerYear / days) - 1;
        return double.IsFinite(annual) ? annual : null;
    }

    /// <summary>
    /// The largest fall of the period from what its days keep: within a day, or from the highest equity of the days before to the day's
    /// lowest.
    /// </summary>
    private static double? MaxDrawdown(IReadOnlyList<EquityDay> days)
    {
        var peak = 0m;
        double? worst = days.Count > 0 ? 0 : null;
        foreach (var day in days)
        {
            worst = Math.Max(worst!.Value, Math.Max(day.MaxDrawdown, peak > day.Low ? (double)(peak - day.Low) / (double)peak : 0));
            peak = Math.Max(peak, day.Peak);
        }

        return worst;
    }

    private static ResultDay DayOf(DateOnly date, EquityDay? day, IEnumerable<ClosedTrade> trades) =>
        DayOf(date, day?.Start, day?.Last, day?.MaxDrawdown, trades);

    private static ResultDay DayOf(DateOnly date, decimal? start, decimal? end, double? drawdown, IEnumerable<ClosedTrade> trades) => new()
    {
        Date = date,
        StartEquity = start,
        EndEquity = end,
        Trades = trades.Count(),
        Wins = trades.Count(trade => trade.Pnl > 0),
        Losses = trades.Count(trade => trade.Pnl < 0),
        Profit = trades.Sum(trade => trade.Pnl),
        Fees = null,
        MaxDrawdown = drawdown,
        Return = start > 0 && end is not null ? (double)(end.Value / start.Value) - 1 : null,
    };

    private static PerformanceFigures FiguresOf(decimal start, IReadOnlyList<EquityPoint> curve, IReadOnlyList<ClosedTrade> trades) =>
        Performance.Of(start, curve, [.. trades.Select(trade => new TradeOutcome(trade.Pnl, 0))], exposure: 0);

    /// <summary>A trading day stands at the UTC day of its date.</summary>
    private static long UnixSeconds(DateOnly date) => new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
