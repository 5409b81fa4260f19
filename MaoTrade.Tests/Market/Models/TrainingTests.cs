using MaoTrade.Market.Models;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Models;

public sealed class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [TrainingFact]
    public async Task Two_runs_write_the_same_bytes_and_no_training_knows_of_its_test()
    {
        var data = FeatureTable.Csv(400);
        var first = await TrainAsync("first", data);
        var folds = first.Header.Training.Folds;
        folds.Should().HaveCount(2).And.AllSatisfy(fold =>
        {
            fold.LabelsTo.Should().Be(fold.TrainTo + (10 * 3600));
            fold.LabelsTo.Should().BeLessThan(fold.TestFrom);
        });

        var at = (int)((folds[0].TestFrom - folds[0].TrainFrom) / 3600);
        var second = TrainAsync("second", data, "--jobs", "2");
        var other = TrainAsync("other", FeatureTable.Csv(400, i => i >= at ? 1.001 : 1));
        var earlier = TrainAsync("earlier", FeatureTable.Csv(400, i => i >= at - 1 ? 1.001 : 1));

        (await second).Sha256.Should().Be(first.Sha256);
        (await File.ReadAllTextAsync(_folder.File("second.md"))).Should().Be(await File.ReadAllTextAsync(_folder.File("first.md")));
        (await other).Header.Training.Folds[0].TrainSha256.Should().Be(folds[0].TrainSha256, "prices of the test part were changed");
        (await earlier).Header.Training.Folds[0].TrainSha256.Should().NotBe(folds[0].TrainSha256, "the last bar before the test part is one that labels read");
    }

    [TrainingFact]
    public async Task Data_that_cannot_be_trained_on_is_refused_by_row_and_column()
    {
        var lines = FeatureTable.Csv(400).Split('\n');
        string[] broken = [.. lines];
        broken[7] = broken[7][..^2] + ",x";
        string[] back = [.. lines];
        (back[9], back[10]) = (back[10], back[9]);
        string[] free = [.. lines];
        free[3] = "1600007200,-1,0,1,1,1,7";

        (await CheckAsync(broken, back, lines[..50], free, ["frame,close,open", "1,2,3"], [])).Should().SatisfyRespectively(
            fault => fault.Should().EndWith("row 8, flat: a number is expected, not 'x'"),
            fault => fault.Should().EndWith("row 11, frame: 1600028800 does not follow 1600032400"),
            fault => fault.Should().EndWith("111 to 1000000 rows are expected, there are 49"),
            fault => fault.Should().EndWith("row 4, close: a price above 0 is expected"),
            fault => fault.Should().Contain("columns frame, close and features with atr among them are expected"),
            fault => fault.Should().Contain("it is no table"));
    }

    [TrainingFact]
    public async Task Too_few_rows_for_the_folds_leave_no_file()
    {
        var (exitCode, _, error) = await RunAsync("bad", FeatureTable.Csv(120), ["--folds", "9"]);

        exitCode.Should().Be(2);
        error.Should().Contain("110 rows with labels are too few for 9 folds");
        File.Exists(_folder.File("bad.maomodel")).Should().BeFalse("nothing half-done is left");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TrainedModel> TrainAsync(string name, string data, params string[] further)
    {
        var (exitCode, _, error) = await RunAsync(name, data, further);
        exitCode.Should().Be(0, error);
        return ModelFile.Read(_folder.File($"{name}.maomodel"), FeatureTable.Names);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string name, string data, string[] further)
    {
        await File.WriteAllTextAsync(_folder.File($"{name}.csv"), data);
        return await Python.RunAsync(
            "training/train.py",
            ["--features", _folder.File($"{name}.csv"), "--name", "direction", "--version", "1", "--out", _folder.File($"{name}.maomodel"), "--folds", "2", "--trees", "3", .. further]);
    }

    /// <summary>What is wrong with each file.</summary>
    private async Task<string[]> CheckAsync(params string[][] files)
    {
        var paths = new List<string>();
        foreach (var lines in files)
        {
            paths.Add(_folder.File($"{paths.Count}.csv"));
            await File.WriteAllTextAsync(paths[^1], string.Join('\n', lines));
        }

        var (exitCode, _, error) = await Python.RunAsync("training/features.py", paths);
        exitCode.Should().Be(2);
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
