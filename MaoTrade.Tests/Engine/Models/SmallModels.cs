using MaoTrade.Engine.Models;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;
using MaoTrade.Tests.Market.Models;
using static MaoTrade.Tests.Market.Models.ModelBytes;

namespace MaoTrade.Tests.Engine.Models;

/// <summary>Models made by hand that say something on nearly every bar.</summary>
internal static class SmallModels
{
    private const byte Momentum = 26;
    private const byte Average = 7;

    /// <summary>Buys after a rise of 1 % in ten bars and sells after a fall, the more the larger.</summary>
    public static byte[] Bytes(string name = "momentum", string version = "1") => new ModelBytes(FeatureNames.All, name, version)
        .Add("random_forest", 0.5, 0, [Split(Momentum, -0.01), Leaf(-0.9), Split(Momentum, 0.01), Leaf(0), Leaf(0.9)])
        .Add("xgboost", 0.5, 0, [Split(Momentum, -0.015625), Leaf(-1), Split(Average, 1e9f), Split(Momentum, 0.015625), Leaf(0.25), Leaf(1), Leaf(0)])
        .ToArray();

    public static ModelSet Set(params byte[][] files) => new(files.Select(
        (bytes, i) => new LoadedModel($"{i}.maomodel", ModelFile.Read(bytes, FeatureNames.All))));

    /// <summary>A model that says the same of every bar.</summary>
    public static byte[] Always(double prediction, string version = "1") =>
        new ModelBytes(FeatureNames.All, "always", version).Add("random_forest", 1, 0, [Leaf(prediction)]).ToArray();
}
