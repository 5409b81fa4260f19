using MaoTrade.Market.Figures;

namespace MaoTrade.Tests.Market.Figures;

/// <summary>Expected numbers are Python's (statistics.mean, statistics.stdev) on the same five days.</summary>
public sealed class PerformanceTests
{
    private const long Day = 86_400;
    private const double Close = 1e-12;

    /// <summary>Day closes 1010, 1005 (after 1020), 1030, 1000, and 1040 after 730 days.</summary>
    private static readonly EquityPoint[] Curve =
    [
        new(0, 1_010), new(Day, 1_020), new(Day + 3_600, 1_005), new(2 * Day, 1_030), new(3 * Day, 1_000), new(730 * Day, 1_040),
    ];

    [Fact]
    public void Ratios_are_those_of_the_formulas()
    {
        var figures = Of(1_000, Curve, [], exposure: 0.5);

        figures.Volatility.Should().BeApproximately(0.4243818931395825, Close);
        figures.Sharpe.Should().BeApproximately(4.7981906406884525, 1e-11);
        figures.Sortino.Should().BeApproximately(9.678458900935631, 1e-11);
        figures.TotalReturn.Should().BeApproximately(0.04, Close);
        figures.AnnualReturn.Should().BeApproximately(0.01980390271855703, Close);
        figures.MaxDrawdown.Should().BeApproximately(0.02912621359223301, Close);
        figures.Calmar.Should().BeApproximately(0.6799339933371247, 1e-11);
        figures.Exposure.Should().Be(0.5);
    }

    [Fact]
    public void Trades_are_counted_by_their_profit_after_fees()
    {
        var figures = Of(1_000, Curve, [new(30, 1), new(-10, 1), new(0, 2), new(10, 1)], exposure: 1);

        figures.Trades.Should().Be(4);
        figures.Wins.Should().Be(2);
        figures.Losses.Should().Be(1);
        figures.WinRate.Should().Be(0.5);
        figures.ProfitFactor.Should().Be(4);
        figures.TotalProfit.Should().Be(30);
        figures.TotalFees.Should().Be(5);
    }

    [Fact]
    public void Without_trades_and_without_points_nothing_is_invented()
    {
        var figures = Of(1_000, [], [], exposure: 0);

        figures.WinRate.Should().Be(0);
        figures.ProfitFactor.Should().BeNull();
        new[] { figures.TotalReturn, figures.MaxDrawdown, figures.AnnualReturn, figures.Volatility, figures.Sharpe, figures.Sortino, figures.Calmar }.Should().AllSatisfy(f => f.Should().BeNull());
    }

    [Fact]
    public void One_point_has_a_return_and_a_drawdown_and_no_ratios()
    {
        var figures = Of(1_000, [new(0, 900)], [], exposure: 1);

        figures.TotalReturn.Should().BeApproximately(-0.1, Close);
        figures.MaxDrawdown.Should().BeApproximately(0.1, Close);
        figures.AnnualReturn.Should().BeNull();
        figures.Sharpe.Should().BeNull();
        figures.Sortino.Should().BeNull();
        figures.Calmar.Should().BeNull();
    }

    [Fact]
    public void Without_losses_there_is_no_profit_factor()
    {
        var figures = Of(1_000, Curve, [new(30, 0)], exposure: 1);

        figures.ProfitFactor.Should().BeNull();
        figures.WinRate.Should().Be(1);
    }

    [Fact]
    public void An_equity_that_never_moves_has_no_Sharpe_ratio()
    {
        EquityPoint[] flat = [new(0, 1_000), new(Day, 1_000), new(2 * Day, 1_000)];

        var figures = Of(1_000, flat, [], exposure: 0);

        figures.Volatility.Should().Be(0);
        figures.Sharpe.Should().BeNull();
        figures.Calmar.Should().BeNull();
    }

    [Fact]
    public void An_account_that_is_used_up_ends_its_returns()
    {
        EquityPoint[] ruin = [new(0, 500), new(Day, -100), new(2 * Day, -50)];

        Performance.DailyReturns(EquityDay.Of(1_000, ruin)).Should().Equal(-0.5, -1.2);
        var figures = Of(1_000, ruin, [], exposure: 1);
        figures.AnnualReturn.Should().BeNull();
        figures.MaxDrawdown.Should().BeApproximately(1.1, Close);
    }

    private static PerformanceFigures Of(decimal start, EquityPoint[] curve, TradeOutcome[] trades, double exposure) => AccountResult.OfCurve(
        start, curve, [.. trades.Select(trade => new ClosedTrade(DateTimeOffset.UnixEpoch, trade.Pnl, trade.Fees))], exposure).Figures();
}
