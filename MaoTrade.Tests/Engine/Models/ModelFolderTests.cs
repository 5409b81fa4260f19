using System.Security.Cryptography;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Models;
using MaoTrade.Tests.Market.Models;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_listed_is_loaded_and_what_cannot_be_is_told_by_its_name()
    {
        var folder = new ModelFolder(_folder.Path);
        var good = Put("good.maomodel", SmallModels.Bytes());
        var cut = Put("cut.maomodel", SmallModels.Bytes("cut")[..^9]);
        var other = Put("other.maomodel", new ModelBytes(["a"]).Add("xgboost", 1, 0, [ModelBytes.Leaf(0)]).ToArray());

        var set = folder.Load(
            [good, cut, other, good with { File = "../good.maomodel" }, good with { File = "gone.maomodel" }, Put("same.maomodel", SmallModels.Bytes())], ModelSet.None);

        set.Files.Select(file => file.Model.Name).Should().Equal("momentum");
        set.Faults.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["cut.maomodel"] = "its check does not agree: the file is cut or damaged",
            ["other.maomodel"] = "features[0]: the model is of another feature set: 'a' stands where 'returns' is expected",
            ["../good.maomodel"] = "the name of a file is expected, without a folder",
            ["gone.maomodel"] = $"it cannot be read: Could not find file '{_folder.File("gone.maomodel")}'.",
            ["same.maomodel"] = "another file holds the model momentum, too",
        });
    }

    [Fact]
    public void Another_digest_or_name_is_refused_and_the_model_in_use_stays()
    {
        var folder = new ModelFolder(_folder.Path);
        var first = Put("m.maomodel", SmallModels.Bytes()) with { Name = "momentum" };
        var before = folder.Load([first], ModelSet.None);

        Put("m.maomodel", SmallModels.Bytes(version: "2"));
        var after = folder.Load([first with { Sha256 = new string('0', 64) }], before);

        after.Find("momentum")!.Version.Should().Be("1");
        after.Faults["momentum"].Should().StartWith("its SHA-256 is ");
        folder.Load([Put("m.maomodel", SmallModels.Bytes("other")) with { Name = "momentum" }], ModelSet.None)
            .Faults["momentum"].Should().Be("it holds the model other, momentum is expected");
    }

    public void Dispose() => _folder.Dispose();

    private ModelConfig Put(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        return new ModelConfig { File = name, Sha256 = Convert.ToHexString(SHA256.HashData(content)) };
    }
}
