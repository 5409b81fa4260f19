using MaoTrade.Market.Figures;

namespace MaoTrade.Tests.Market.Figures;

public sealed class AccountResultTests
{
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly TimeSpan Elapsed = TimeSpan.FromDays(3);

    [Fact]
    public void An_accounts_figures_follow_from_its_days()
    {
        // Returns +10 %, -10 %, +2 %; worked out by hand below.
        EquityDay[] days =
        [
            new(First, 1_000, 1_100, 1_000, 1_100, 0),
            new(First.AddDays(1), 1_100, 1_155, 990, 990, 0.14),
            new(First.AddDays(2), 990, 1_009.8m, 990, 1_009.8m, 0),
        ];
        ClosedTrade[] trades = [At(0, 100), At(1, -50), At(1, -60), At(2, 0)];

        var result = AccountResult.OfAccount(days, trades, Elapsed, 0.5, DayOf);
        var figures = result.Figures();

        (figures.Trades, figures.Wins, figures.Losses, figures.TotalProfit).Should().Be((4, 1, 2, -10m));
        figures.WinRate.Should().Be(0.25);
        figures.ProfitFactor.Should().BeApproximately(100.0 / 110, 1e-12);
        figures.TotalReturn.Should().BeApproximately(0.0098, 1e-12);
        figures.AnnualReturn.Should().BeApproximately(Math.Pow(1.0098, 365.0 / 3) - 1, 1e-9, "three days went by");
        figures.MaxDrawdown.Should().BeApproximately((1_155.0 - 990) / 1_155, 1e-12, "from the second day's peak to the third day's low");
        figures.Calmar.Should().BeApproximately(figures.AnnualReturn!.Value / figures.MaxDrawdown!.Value, 1e-12);

        // e = r - 0.02/252, annualised by the root of 252.
        double[] e = [0.1 - (0.02 / 252), -0.1 - (0.02 / 252), 0.02 - (0.02 / 252)];
        var mean = (e[0] + e[1] + e[2]) / 3;
        var deviation = Math.Sqrt(((e[0] - mean) * (e[0] - mean) + (e[1] - mean) * (e[1] - mean) + (e[2] - mean) * (e[2] - mean)) / 2);
        figures.Sharpe.Should().BeApproximately(mean / deviation * Math.Sqrt(252), 1e-9);
        figures.Volatility.Should().BeApproximately(deviation * Math.Sqrt(252), 1e-9, "the risk-free rate moves all days alike");
        figures.Sortino.Should().BeApproximately(mean / Math.Sqrt(e[1] * e[1] / 3) * Math.Sqrt(252), 1e-9);
        (figures.TotalFees, figures.Exposure).Should().Be((null, 0.5), "the fees of no trade are told");
    }

    [Fact]
    public void A_fall_over_several_days_is_seen_also_where_no_single_day_shows_it()
    {
        EquityDay[] days =
        [
            new(First, 100, 200, 100, 200, 0),
            new(First.AddDays(1), 200, 200, 180, 180, 0.1),
            new(First.AddDays(2), 180, 180, 150, 170, 1.0 / 6),
        ];

        AccountResult.OfAccount(days, [], Elapsed, 0.5, DayOf).Figures().MaxDrawdown.Should().BeApproximately(0.25, 1e-12);
    }

    [Fact]
    public void A_fall_within_a_day_counts_although_the_day_ended_well()
    {
        EquityDay[] days = [new(First, 100, 100, 60, 100, 0.4)];

        AccountResult.OfAccount(days, [], Elapsed, 0.5, DayOf).Figures().MaxDrawdown.Should().Be(0.4);
    }

    [Fact]
    public void Days_tell_what_was_traded_on_them_and_what_they_brought()
    {
        EquityDay[] days = [new(First, 1_000, 1_100, 900, 1_050, 0.1), new(First.AddDays(2), 1_050, 1_050, 1_050, 1_050, 0)];

        var rows = AccountResult.OfAccount(
            days, [At(0, 70) with { Fees = 1 }, At(0, -20) with { Fees = 2.5m }, At(1, 5)], Elapsed, 0.5, DayOf).Days;

        rows.Select(row => row.Date).Should().Equal(First, First.AddDays(1), First.AddDays(2));
        rows[0].Should().BeEquivalentTo(new ResultDay
        {
            Date = First,
            StartEquity = 1_000,
            EndEquity = 1_050,
            Trades = 2,
            Wins = 1,
            Losses = 1,
            Profit = 50,
            Fees = 3.5m,
            MaxDrawdown = 0.1,
            Return = 1_050.0 / 1_000 - 1,
        });
        rows[1].Fees.Should().BeNull("those of its trade are not known");
        (rows[1].StartEquity, rows[1].Trades, rows[1].Profit, rows[1].Return).Should().Be((null, 1, 5m, null), "no equity of that day is known");
        (rows[2].Trades, rows[2].Return).Should().Be((0, 0.0));
    }

    [Fact]
    public void A_systems_equity_is_the_accounts_at_the_start_and_its_own_profits()
    {
        EquityDay[] days = [new(First, 1_000, 5_000, 100, 5_000, 0.9), new(First.AddDays(1), 5_000, 5_000, 5_000, 5_000, 0)];

        var result = AccountResult.OfTrades(days, [At(0, 100), At(0, -220), At(1, 20)], Elapsed, 0.5, DayOf);

        var figures = result.Figures();
        figures.TotalReturn.Should().BeApproximately(-0.1, 1e-12);
        figures.MaxDrawdown.Should().BeApproximately(0.2, 1e-12, "1100 to 880");
        result.Days.Select(day => (day.StartEquity, day.EndEquity)).Should().Equal((1_000m, 880m), (880m, 900m));
        result.Days[0].MaxDrawdown.Should().BeApproximately(0.2, 1e-12);
    }

    [Fact]
    public void What_is_not_defined_is_null()
    {
        var nothing = AccountResult.OfAccount([], [], TimeSpan.Zero, null, DayOf);
        nothing.Days.Should().BeEmpty();
        var figures = nothing.Figures();
        (figures.Trades, figures.TotalProfit, figures.WinRate).Should().Be((0, 0m, 0.0));
        new double?[]
        {
            figures.ProfitFactor, figures.TotalReturn, figures.AnnualReturn, figures.Volatility, figures.Sharpe, figures.Sortino,
            figures.MaxDrawdown, figures.Calmar,
        }.Should().OnlyContain(figure => figure == null);

        var oneDay = AccountResult.OfAccount([new(First, 100, 110, 100, 110, 0)], [At(0, 10)], TimeSpan.FromHours(23), null, DayOf).Figures();
        oneDay.TotalReturn.Should().BeApproximately(0.1, 1e-12);
        new double?[] { oneDay.ProfitFactor, oneDay.AnnualReturn, oneDay.Volatility, oneDay.Sharpe, oneDay.Sortino, oneDay.Calmar }
            .Should().OnlyContain(figure => figure == null);
    }

    [Fact]
    public void Equity_used_up_gives_figures_and_no_faults()
    {
        var figures = AccountResult.OfAccount([new(First, 0, 0, -5, -5, 0), new(First.AddDays(1), -5, -5, -5, -5, 0)], [At(0, -5)], Elapsed, 0.5, DayOf).Figures();

        (figures.TotalReturn, figures.TotalProfit, figures.MaxDrawdown, figures.Sharpe).Should().Be((null, -5m, null, null));
    }

    [Fact]
    public void An_account_that_falls_below_zero_on_its_first_day_has_a_fall_beyond_the_whole()
    {
        var figures = AccountResult.OfAccount([new(First, 100, 100, -20, -20, 1.2), new(First.AddDays(1), -20, 30, -20, 30, 0)], [], Elapsed, 0, DayOf).Figures();

        figures.MaxDrawdown.Should().BeApproximately(1.2, 1e-12);
        figures.TotalReturn.Should().BeApproximately(-0.7, 1e-12);
        figures.AnnualReturn.Should().BeApproximately(Math.Pow(0.3, 365.0 / 3) - 1, 1e-12);
        (figures.Sharpe, figures.Volatility).Should().Be((null, null), "returns end where the equity is used up: one day is left");
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static ClosedTrade At(int day, decimal pnl) => new(new DateTimeOffset(First.AddDays(day), new TimeOnly(12, 0), TimeSpan.Zero), pnl);
}
