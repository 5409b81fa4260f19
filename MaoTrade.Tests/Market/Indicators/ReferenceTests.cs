using MaoTrade.Market.Features;
using MaoTrade.Market.Indicators;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>All features and MAMA against pandas, numpy and the published code: 1e-9 relative, defined at the same bars.</summary>
public sealed class ReferenceTests
{
    private const double Relative = 1e-9;

    /// <summary>What the last digits of a price may leave where near numbers are taken from each other, as a share of the price.</summary>
    private const double LastDigits = 1e-14;

    [PandasFact]
    public Task A_market_with_flat_stretches_and_without_volume_at_times_agrees() => AgreeAsync(BarSeries.Walk(3_000, seed: 5), "mama", "fama");

    [PandasFact]
    public Task A_market_that_always_moves_agrees_in_mama_too() => AgreeAsync(BarSeries.Walk(3_000, seed: 6, withFlats: false));

    [PandasFact(needsMarketData: true)]
    public Task Real_days_agree() => AgreeAsync(BarSeries.Real("eurusd-day.csv", 5_000));

    [PandasFact(needsMarketData: true)]
    public Task Real_hours_agree() => AgreeAsync(BarSeries.Real("eurusd-hour.csv", 5_000), "mama", "fama");

    /// <summary>Compares every column of the reference.</summary>
    /// <param name="bars">The series.</param>
    /// <param name="leftOut">
    /// MAMA and FAMA where prices stand still: there the article's code divides what rounding left over, which is another number
    /// in every program.
    /// </param>
    private static async Task AgreeAsync(BarSeries bars, params string[] leftOut)
    {
        var expected = await PandasReference.WorkAsync(bars);
        var ours = Ours(bars);
        ours.Keys.Should().BeEquivalentTo(expected.Keys);
        foreach (var name in expected.Keys.Except(leftOut))
        {
            var floor = LastDigits * Scale(name, bars);
            for (var i = 0; i < bars.Length; i++)
            {
                var (value, wanted) = (ours[name][i], expected[name][i]);
                var agrees = double.IsFinite(wanted) ? Math.Abs(value - wanted) <= (Relative * Math.Abs(wanted)) + floor : !double.IsFinite(value);
                agrees.Should().BeTrue($"{name} of bar {i} is {value:R}, and {wanted:R} by the reference");
            }
        }
    }

    private static Dictionary<string, double[]> Ours(BarSeries bars)
    {
        var features = new double[bars.Length * FeatureNames.Count];
        new FeatureCalculator().Add(bars.Bars(), features);
        var mama = new double[bars.Length * 2];
        new Mama(0.5, 0.05).Add(bars.Bars(), mama);
        var ours = FeatureNames.All.Select((name, i) => (name, Column(features, i, FeatureNames.Count))).ToDictionary(pair => pair.name, pair => pair.Item2);
        ours["mama"] = Column(mama, 0, 2);
        ours["fama"] = Column(mama, 1, 2);
        return ours;
    }

    private static double[] Column(double[] rows, int column, int columns) =>
        [.. Enumerable.Range(0, rows.Length / columns).Select(i => rows[(i * columns) + column])];

    /// <summary>Prices for what is counted in prices; the distance of averages in ranges has a price divided by a range in it.</summary>
    private static double Scale(string name, BarSeries bars) => name switch
    {
        "macd" or "macd_signal" or "macd_hist" => bars.High.Max(),
        "market_condition_strength" => bars.High.Max() / Enumerable.Range(0, bars.Length).Max(i => bars.High[i] - bars.Low[i]) * 1_000,
        _ => 1,
    };
}
