using MaoTrade.Market.Features;

namespace MaoTrade.Tests.Market.Features;

public sealed class FeatureScaleTests
{
    [Fact]
    public void A_row_is_standardised_by_what_training_found()
    {
        var scale = new FeatureScale(["returns", "rsi_14", "obv"], [0.5, 50, 7], [0.25, 10, 0]);
        double[] row = [1, 45, 1_000];

        scale.Apply(row, row);

        row.Should().Equal(2, -0.5, 0);
    }

    [Theory]
    [InlineData("atr", 0d, -1d)]
    [InlineData("atr", double.NaN, 1d)]
    [InlineData("atr", 0d, double.PositiveInfinity)]
    [InlineData("obv", 0d, 1d)]
    public void Impossible_numbers_and_repeated_names_are_refused_by_name(string name, double mean, double deviation)
    {
        var making = () => new FeatureScale(["obv", name], [0, mean], [1, deviation]);

        making.Should().Throw<ArgumentException>().WithMessage($"{name}: *");
    }

    [Fact]
    public void Another_number_of_features_is_refused()
    {
        var making = () => new FeatureScale(["obv"], [0, 1], [1]);
        var applying = () => new FeatureScale(["obv"], [0], [1]).Apply([1, 2], new double[2]);

        making.Should().Throw<ArgumentException>();
        applying.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void What_is_missing_is_the_last_number_there_was_or_0()
    {
        var filling = new FeatureFilling();
        var first = Row(double.NaN, 3);
        var second = Row(5, double.NaN);
        var third = Row(double.NegativeInfinity, double.NaN);

        filling.Fill(first);
        filling.Fill(second);
        var slots = new double[filling.SlotCount];
        filling.Save(slots);
        var resumed = new FeatureFilling();
        resumed.Load(slots);
        resumed.Fill(third);

        first[..2].Should().Equal(0, 3);
        second[..2].Should().Equal(5, 3);
        third[..2].Should().Equal(5, 3);
    }

    private static double[] Row(params double[] beginning) => [.. beginning, .. new double[FeatureNames.Count - beginning.Length]];
}
