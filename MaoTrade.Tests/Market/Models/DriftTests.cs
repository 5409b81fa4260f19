using System.Text.Json.Nodes;
using MaoTrade.Market.Models;

namespace MaoTrade.Tests.Market.Models;

public sealed class DriftTests
{
    [Fact]
    public void Bars_like_those_of_the_training_have_no_drift()
    {
        var drift = new Drift(Header([10, 20], [0.25, 0.5, 0.25]));
        foreach (var value in (double[])[9, 10, 19.9, 20])
        {
            drift.Add([value]);
        }

        drift.Mean.Should().BeApproximately(0, 1e-12);
        drift.Rows.Should().Be(4);
    }

    [Fact]
    public void A_shift_is_measured_as_the_formula_says()
    {
        var drift = new Drift(Header([0], [0.8, 0.2]));
        foreach (var value in (double[])[-1, 1, 1, 1])
        {
            drift.Add([value]);
        }

        drift.Mean.Should().BeApproximately(((0.25 - 0.8) * Math.Log(0.25 / 0.8)) + ((0.75 - 0.2) * Math.Log(0.75 / 0.2)), 1e-12);
    }

    [Fact]
    public void A_bin_that_nothing_falls_into_stays_finite() => Moved().Should().BeApproximately(2 * (1 - 1e-4) * Math.Log(1e4), 1e-9);

    private static double Moved()
    {
        var drift = new Drift(Header([0], [1, 0]));
        drift.Add([5]);
        return drift.Mean;
    }

    private static ModelHeader Header(double[] edges, double[] shares)
    {
        var bytes = new ModelBytes(["a"]).Add("xgboost", 1, 0, [ModelBytes.Leaf(0)]);
        bytes.Header["features"]![0]!["edges"] = new JsonArray([.. edges.Select(edge => JsonValue.Create(edge))]);
        bytes.Header["features"]![0]!["shares"] = new JsonArray([.. shares.Select(share => JsonValue.Create(share))]);
        return ModelFile.Read(bytes.ToArray(), ["a"]).Header;
    }
}
