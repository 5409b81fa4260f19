using System.Security.Cryptography;
using System.Text;

namespace MaoTrade.Market.Models;

/// <summary>What a header must be like before its trees are read; every fault names the member.</summary>
internal static class HeaderChecks
{
    private const double WeightTolerance = 1e-9;

    /// <summary>Digest of names in their order.</summary>
    public static string Digest(IEnumerable<string> features) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(features.Select(name => name + "\n")))));

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ModelFileException">Something is not as it must be.</exception>
    public static void Check(ModelHeader header, IReadOnlyList<string> features)
    {
        Require(IsName(header.Name), $"name: 1 to {ModelLimits.MostNameCharacters} of letters, digits, '.', '_' and '-' are expected, not '{header.Name}'");
        Require(IsName(header.Version), $"version: 1 to {ModelLimits.MostNameCharacters} of letters, digits, '.', '_' and '-' are expected, not '{header.Version}'");
        CheckFeatures(header, features);
        Require(header.Ensembles.Count > 0, "ensembles: at least one is expected");
        for (var i = 0; i < header.Ensembles.Count; i++)
        {
            Check(header.Ensembles[i], $"ensembles[{i}]");
        }

        Require(header.Ensembles.DistinctBy(one => one.Kind).Count() == header.Ensembles.Count, "ensembles: a kind stands there more than once");
        var weights = header.Ensembles.Sum(one => one.Weight);
        Require(Math.Abs(weights - 1) <= WeightTolerance, $"ensembles: weights add up to {weights}, 1 is expected");
        Require(header.Ensembles.Sum(one => (long)one.Nodes) <= ModelLimits.MostNodes, $"ensembles: more than {ModelLimits.MostNodes} nodes");
        Check(header.Training);
    }

    private static void CheckFeatures(ModelHeader header, IReadOnlyList<string> features)
    {
        for (var i = 0; i < Math.Min(features.Count, header.Features.Count); i++)
        {
            Require(
                header.Features[i].Name == features[i],
                $"features[{i}]: the model is of another feature set: '{header.Features[i].Name}' stands where '{features[i]}' is expected");
        }

        Require(
            header.Features.Count == features.Count,
            $"features: the model is of another feature set: it has {header.Features.Count} features, {features.Count} are expected");
        Require(header.FeaturesSha256 == Digest(features), "featuresSha256: it is not the digest of the names");
        Require(features.Distinct().Count() == features.Count, "features: a name stands there more than once");
        for (var i = 0; i < header.Features.Count; i++)
        {
            Check(header.Features[i], $"features[{i}]");
        }
    }

    private static void Check(ModelFeature feature, string place)
    {
        Require(double.IsFinite(feature.Mean), $"{place}.mean: a number is expected");
        Require(double.IsFinite(feature.Deviation) && feature.Deviation >= 0, $"{place}.deviation: a number of at least 0 is expected, not {feature.Deviation}");
        Require(feature.Importance is >= 0 and <= 1, $"{place}.importance: 0 to 1 is expected, not {feature.Importance}");
        Require(feature.Edges.Count is >= 1 and <= 100, $"{place}.edges: 1 to 100 are expected");
        Require(feature.Edges.Zip(feature.Edges.Skip(1)).All(pair => pair.First <= pair.Second), $"{place}.edges: they do not ascend");
        Require(
            feature.Shares.Count == feature.Edges.Count + 1 && feature.Shares.All(share => share is >= 0 and <= 1),
            $"{place}.shares: {feature.Edges.Count + 1} numbers from 0 to 1 are expected");
    }

    private static void Check(EnsembleHeader ensemble, string place)
    {
        Require(Enum.IsDefined(ensemble.Kind), $"{place}.kind: no such kind");
        Require(ensemble.Weight is > 0 and <= 1, $"{place}.weight: above 0 and at most 1 is expected, not {ensemble.Weight}");
        Require(double.IsFinite(ensemble.Base), $"{place}.base: a number is expected");
        Require(ensemble.Trees is >= 1 and <= ModelLimits.MostTrees, $"{place}.trees: 1 to {ModelLimits.MostTrees} is expected, not {ensemble.Trees}");
        Require(ensemble.Nodes >= ensemble.Trees, $"{place}.nodes: {ensemble.Nodes} nodes for {ensemble.Trees} trees");
        Require(ensemble.Depth is >= 0 and <= ModelLimits.MostDepth, $"{place}.depth: 0 to {ModelLimits.MostDepth} is expected, not {ensemble.Depth}");
    }

    private static void Check(ModelTraining training)
    {
        Require(training.TimeFrameSeconds > 0, $"training.timeFrameSeconds: a number above 0 is expected, not {training.TimeFrameSeconds}");
        Require(training.Horizon > 0, $"training.horizon: a number above 0 is expected, not {training.Horizon}");
        Require(training.Rows > 0, $"training.rows: a number above 0 is expected, not {training.Rows}");
        Require(training.FromUnixSeconds <= training.ToUnixSeconds, "training: it ends before it begins");
    }

    private static bool IsName(string text) => text.Length is > 0 and <= ModelLimits.MostNameCharacters && text[0] != '.'
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelFileException(fault);
        }
    }
}
