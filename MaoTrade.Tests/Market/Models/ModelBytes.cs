using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaoTrade.Market.Models;

namespace MaoTrade.Tests.Market.Models;

/// <summary>Makes model files by hand, right ones and others.</summary>
internal sealed class ModelBytes
{
    private readonly List<byte> _trees = [];
    private readonly JsonArray _ensembles = [];

    public ModelBytes(IReadOnlyList<string> features, string name = "direction", string version = "1")
    {
        Header = new JsonObject
        {
            ["name"] = name,
            ["version"] = version,
            ["featuresSha256"] = ModelFile.FeaturesDigest(features),
            ["features"] = new JsonArray([.. features.Select(feature => new JsonObject
            {
                ["name"] = feature,
                ["mean"] = 0,
                ["deviation"] = 1,
                ["importance"] = 0,
                ["edges"] = new JsonArray(0),
                ["shares"] = new JsonArray(0.5, 0.5),
            })]),
            ["ensembles"] = _ensembles,
            ["training"] = new JsonObject
            {
                ["symbol"] = null,
                ["timeFrameSeconds"] = 3600,
                ["horizon"] = 10,
                ["seed"] = 42,
                ["rows"] = 500,
                ["fromUnixSeconds"] = 0,
                ["toUnixSeconds"] = 1_800_000,
                ["dataSha256"] = "",
                ["scores"] = Scores(),
                ["folds"] = new JsonArray(),
            },
        };
    }

    public JsonObject Header { get; }

    public uint Format { get; set; } = 1;

    /// <summary>Adds an ensemble of these trees, each a list of nodes in preorder.</summary>
    public ModelBytes Add(string kind, double weight, double @base, params byte[][][] trees)
    {
        _ensembles.Add(new JsonObject
        {
            ["kind"] = kind,
            ["weight"] = weight,
            ["base"] = @base,
            ["trees"] = trees.Length,
            ["nodes"] = trees.Sum(tree => tree.Length),
            ["depth"] = trees.Max(Depth),
            ["library"] = "by hand",
            ["parameters"] = new JsonObject(),
        });
        _trees.AddRange(trees.SelectMany(tree => tree).SelectMany(node => node));
        return this;
    }

    /// <summary>Bytes that follow.</summary>
    public ModelBytes Add(params byte[] further)
    {
        _trees.AddRange(further);
        return this;
    }

    public static byte[] Leaf(double value) => [0, .. BitConverter.GetBytes(value)];

    public static byte[] Split(byte feature, double threshold, bool missingLeft = false) =>
        [(byte)(missingLeft ? 2 : 1), feature, .. BitConverter.GetBytes(threshold)];

    public byte[] ToArray()
    {
        var header = Encoding.UTF8.GetBytes(Header.ToJsonString());
        return [.. Sealed([.. "MAOMODEL"u8, .. Number(Format), .. Number((uint)header.Length), .. header, .. _trees])];
    }

    /// <summary>Content with its check.</summary>
    public static byte[] Sealed(byte[] content) => [.. content, .. SHA256.HashData(content)];

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static JsonObject Scores() => new()
    {
        ["rows"] = 100,
        ["accuracy"] = 0.5,
        ["precision"] = 0.4,
        ["recall"] = 0.3,
        ["f1"] = 0.35,
        ["validationScore"] = 0.01,
    };

    private static int Depth(byte[][] tree)
    {
        var open = new Stack<int>([0]);
        var deepest = 0;
        foreach (var node in tree)
        {
            if (!open.TryPop(out var depth))
            {
                break;
            }

            deepest = Math.Max(deepest, depth);
            if (node[0] != 0)
            {
                open.Push(depth + 1);
                open.Push(depth + 1);
            }
        }

        return deepest;
    }
}
