using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>A model file with as many trees as the training makes by default, each of them full.</summary>
internal static class FullModel
{
    private const int Trees = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static byte[] Write()
    {
        var random = new Random(1);
        using var trees = new MemoryStream();
        using var nodes = new BinaryWriter(trees);
        EnsembleHeader[] ensembles =
        [
            Add(nodes, random, EnsembleKind.RandomForest, 0.4, 10), Add(nodes, random, EnsembleKind.GradientBoosting, 0.4, 6),
            Add(nodes, random, EnsembleKind.XgBoost, 0.2, 6),
        ];
        var header = JsonSerializer.SerializeToUtf8Bytes(Header(ensembles), Json);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("MAOMODEL"u8);
        writer.Write(ModelFile.Format);
        writer.Write((uint)header.Length);
        writer.Write(header);
        writer.Write(trees.ToArray());
        writer.Write(SHA256.HashData(file.ToArray()));
        return file.ToArray();
    }

    private static EnsembleHeader Add(BinaryWriter nodes, Random random, EnsembleKind kind, double weight, int depth)
    {
        for (var tree = 0; tree < Trees; tree++)
        {
            Grow(nodes, random, depth);
        }

        return new EnsembleHeader
        {
            Kind = kind,
            Weight = weight,
            Base = 0,
            Trees = Trees,
            Nodes = Trees * ((2 << depth) - 1),
            Depth = depth,
            Library = "drawn",
            Parameters = JsonElement.Parse("{}"),
        };
    }

    private static void Grow(BinaryWriter nodes, Random random, int depth)
    {
        if (depth == 0)
        {
            nodes.Write((byte)0);
            nodes.Write((random.NextDouble() * 2) - 1);
            return;
        }

        nodes.Write((byte)1);
        nodes.Write((byte)random.Next(FeatureNames.Count));
        nodes.Write((double)(float)((random.NextDouble() * 2) - 1));
        Grow(nodes, random, depth - 1);
        Grow(nodes, random, depth - 1);
    }

    private static ModelHeader Header(EnsembleHeader[] ensembles) => new()
    {
        Name = "full",
        Version = "1",
        FeaturesSha256 = ModelFile.FeaturesDigest(FeatureNames.All),
        Features = [.. FeatureNames.All.Select(name => new ModelFeature { Name = name, Mean = 0, Deviation = 1, Importance = 0, Edges = [0], Shares = [0.5, 0.5] })],
        Ensembles = ensembles,
        Training = new ModelTraining
        {
            TimeFrameSeconds = 60,
            Horizon = 10,
            Seed = 1,
            Rows = 1,
            FromUnixSeconds = 0,
            ToUnixSeconds = 0,
            DataSha256 = "",
            Scores = new ModelScores { Rows = 0, Accuracy = 0, Precision = 0, Recall = 0, F1 = 0, ValidationScore = 0 },
            Folds = [],
        },
    };
}
