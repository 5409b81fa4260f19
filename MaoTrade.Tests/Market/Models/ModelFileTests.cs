using System.Text.Json.Nodes;
using MaoTrade.Market.Models;
using MaoTrade.Tests.Support;
using static MaoTrade.Tests.Market.Models.ModelBytes;

namespace MaoTrade.Tests.Market.Models;

public sealed class ModelFileTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void A_whole_file_is_read()
    {
        var model = ModelFile.Read(Small().ToArray(), Names);

        (model.Name, model.Version, model.Ensembles.Count).Should().Be(("direction", "1", 3));
        model.Predict([0, 0, 0]).Should().BeApproximately((0.4 * 1) + (0.4 * (0.1 + 3)) + (0.2 * (0.5 + 5)), 1e-12);
        model.Predict([1, 0, 0]).Should().BeApproximately((0.4 * 2) + (0.4 * (0.1 + 4)) + (0.2 * (0.5 + 6)), 1e-12);
    }

    [Theory]
    [InlineData("random_forest", 0.5f, 1)]
    [InlineData("gradient_boosting", 0.5f, 1)]
    [InlineData("xgboost", 0.5f, 2)]
    [InlineData("random_forest", 0.50000006f, 2)]
    [InlineData("xgboost", 0.49999997f, 1)]
    public void A_feature_at_the_threshold_goes_as_in_its_library(string kind, float feature, double leaf)
    {
        var bytes = new ModelBytes(Names).Add(kind, 1, 0, [Split(0, 0.5), Leaf(1), Leaf(2)]);

        ModelFile.Read(bytes.ToArray(), Names).Predict([feature, 0, 0]).Should().Be(leaf);
    }

    [Fact]
    public void A_threshold_between_two_float32_numbers_divides_them()
    {
        var below = 0.1f;
        var above = MathF.BitIncrement(below);
        var bytes = new ModelBytes(Names).Add("random_forest", 1, 0, [Split(0, ((double)below + above) / 2), Leaf(1), Leaf(2)]);
        var model = ModelFile.Read(bytes.ToArray(), Names);

        (model.Predict([below, 0, 0]), model.Predict([above, 0, 0])).Should().Be((1, 2));
    }

    [Fact]
    public void Missing_values_go_where_the_node_says_and_whole_rows_with_them_are_not_predicted()
    {
        var bytes = new ModelBytes(Names).Add("xgboost", 1, 0, [Split(0, 0, missingLeft: true), Leaf(1), Leaf(2)], [Split(0, 0), Leaf(10), Leaf(20)]);
        var model = ModelFile.Read(bytes.ToArray(), Names);

        model.Ensembles[0].Predict([float.NaN, 0, 0]).Should().Be(21);
        model.Predict([double.NaN, 0, 0]).Should().Be(double.NaN);
        model.Predict([0, 1e300, 0]).Should().Be(double.NaN);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        var whole = Small().ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Fault(whole[..length]).Should().ContainAny("cut or damaged", "no model file");
        }
    }

    [Fact]
    public void A_file_with_another_bit_anywhere_is_refused()
    {
        var whole = Small().ToArray();
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= 0x10;
            Fault(damaged).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("large.maomodel");
        using (var file = File.Create(path))
        {
            file.SetLength(ModelLimits.MostBytes + 1);
        }

        var read = () => ModelFile.Read(path, Names);

        read.Should().Throw<ModelFileException>().WithMessage("it is too large: it has 16777217 bytes, at most 16777216 are taken");
        Fault(new byte[ModelLimits.MostBytes + 1]).Should().StartWith("it is too large");
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_like_others()
    {
        var read = () => ModelFile.Read("/nowhere/x.maomodel", Names);

        read.Should().Throw<ModelFileException>().WithMessage("it cannot be read: *");
    }

    [Fact]
    public void A_model_of_another_feature_set_is_refused_and_the_first_difference_named()
    {
        Fault(new ModelBytes(["a", "c", "b"]).Add("xgboost", 1, 0, [Leaf(1)]).ToArray())
            .Should().Be("features[1]: the model is of another feature set: 'c' stands where 'b' is expected");
        Fault(new ModelBytes(["a", "b"]).Add("xgboost", 1, 0, [Leaf(1)]).ToArray())
            .Should().Be("features: the model is of another feature set: it has 2 features, 3 are expected");
        Fault(new ModelBytes(["a", "b", "c", "d"]).Add("xgboost", 1, 0, [Leaf(1)]).ToArray())
            .Should().Be("features: the model is of another feature set: it has 4 features, 3 are expected");
    }

    [Theory]
    [InlineData("name", "\"../x\"", "name: ")]
    [InlineData("version", "\"\"", "version: ")]
    [InlineData("featuresSha256", "\"00\"", "featuresSha256: ")]
    [InlineData("surplus", "1", "its header cannot be read: ")]
    [InlineData("ensembles", "[]", "ensembles: at least one")]
    [InlineData("ensembles.0.weight", "0.5", "ensembles: weights add up to 1.1")]
    [InlineData("ensembles.0.weight", "-1", "ensembles[0].weight: ")]
    [InlineData("ensembles.1.kind", "\"random_forest\"", "ensembles: a kind stands there more than once")]
    [InlineData("ensembles.1.kind", "\"neural\"", "its header cannot be read: ")]
    [InlineData("ensembles.0.trees", "0", "ensembles[0].trees: ")]
    [InlineData("ensembles.0.trees", "1001", "ensembles[0].trees: ")]
    [InlineData("ensembles.0.nodes", "1000001", "ensembles: more than 1000000 nodes")]
    [InlineData("ensembles.0.nodes", "900000", "ensembles[0].nodes: 900000 nodes do not fit")]
    [InlineData("ensembles.0.nodes", "5", "ensembles[0]: the trees have 3 nodes")]
    [InlineData("ensembles.0.depth", "25", "ensembles[0].depth: ")]
    [InlineData("ensembles.0.depth", "0", "ensembles[0] tree 0: it is deeper than 0")]
    [InlineData("ensembles.0.depth", "2", "ensembles[0]: the trees have 3 nodes and depth 1, the header says 3 and 2")]
    [InlineData("features.1.deviation", "-1", "features[1].deviation: ")]
    [InlineData("features.1.mean", "\"NaN\"", "its header cannot be read: ")]
    [InlineData("features.2.edges", "[2,1]", "features[2].edges: ")]
    [InlineData("features.2.shares", "[1]", "features[2].shares: ")]
    [InlineData("training.timeFrameSeconds", "0", "training.timeFrameSeconds: ")]
    [InlineData("training.toUnixSeconds", "-1", "training: ")]
    public void A_header_that_does_not_fit_is_refused_by_its_member(string path, string value, string fault)
    {
        var bytes = Small();
        var parts = path.Split('.');
        JsonNode node = bytes.Header;
        foreach (var part in parts[..^1])
        {
            node = int.TryParse(part, out var index) ? node[index]! : node[part]!;
        }

        node[parts[^1]] = JsonNode.Parse(value);

        Fault(bytes.ToArray()).Should().StartWith(fault);
    }

    [Fact]
    public void Trees_that_are_no_trees_are_refused_by_their_place()
    {
        Fault(Forest([[3, .. Leaf(1)[1..]]])).Should().Be("ensembles[0] tree 0: tag 3 of node 0 is none of 0, 1, 2");
        Fault(Forest([Split(3, 0), Leaf(1), Leaf(2)])).Should().Be("ensembles[0] tree 0: feature 3 of a split is none of 0 to 2");
        Fault(Forest([Split(0, double.NaN), Leaf(1), Leaf(2)])).Should().Be("ensembles[0] tree 0: a threshold or leaf is NaN");
        Fault(Forest([Leaf(double.PositiveInfinity)])).Should().StartWith("ensembles[0] tree 0: a threshold or leaf is ");
        Fault(Forest([Split(0, 0), Leaf(1)])).Should().Be("ensembles[0] tree 0: the trees have more than the 2 nodes of the header");
        Fault(new ModelBytes(Names).Add("xgboost", 1, 0, [Split(0, 0.1), Leaf(1), Leaf(2)]).ToArray())
            .Should().Be("ensembles[0] tree 0: threshold 0.1 is no float32");
        Fault(Small().Add(1, 2, 3).ToArray()).Should().Be("3 bytes follow the last tree");
        Fault(Forest([Leaf(1), Leaf(2)])).Should().Be("ensembles[0]: the trees have 1 nodes and depth 0, the header says 2 and 0");
    }

    [Fact]
    public void Another_format_and_a_lying_header_size_are_refused()
    {
        var later = Small();
        later.Format = 2;
        Fault(later.ToArray()).Should().Be("it is of format 2, 1 is expected");

        var lying = Small().ToArray()[..^32];
        BitConverter.GetBytes(uint.MaxValue).CopyTo(lying, 12);
        Fault(Sealed(lying)).Should().StartWith("its header has 4294967295 bytes");
        Fault(Sealed([.. lying[..12], 4, 0, 0, 0, .. "null"u8])).Should().Be("its header is null");
    }

    private static ModelBytes Small() => new ModelBytes(Names)
        .Add("random_forest", 0.4, 0, [Split(0, 0.5), Leaf(1), Leaf(2)])
        .Add("gradient_boosting", 0.4, 0.1, [Split(0, 0.5), Leaf(3), Leaf(4)])
        .Add("xgboost", 0.2, 0.5, [Split(0, 0.5), Leaf(5), Leaf(6)]);

    private static byte[] Forest(params byte[][][] trees) => new ModelBytes(Names).Add("random_forest", 1, 0, trees).ToArray();

    private static string Fault(byte[] file)
    {
        var read = () => ModelFile.Read(file, Names);
        return read.Should().Throw<ModelFileException>().Which.Message;
    }
}
