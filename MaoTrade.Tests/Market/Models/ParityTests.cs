using System.Globalization;
using MaoTrade.Market.Models;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Models;

/// <summary>What the engine predicts against what scikit-learn and XGBoost themselves predict.</summary>
public sealed class ParityTests : IDisposable
{
    private const int Rows = 6_000;
    private const double Tolerance = 1e-6;

    private readonly TemporaryFolder _folder = new();

    [TrainingFact]
    public async Task Thousands_of_rows_extreme_ones_and_missing_values_among_them_are_predicted_as_the_libraries_do()
    {
        await File.WriteAllTextAsync(_folder.File("features.csv"), FeatureTable.Csv(700));
        var rows = Draw();
        await File.WriteAllLinesAsync(_folder.File("rows.csv"), rows.Select(row => string.Join(',', row.Select(Text))).Prepend(string.Join(',', FeatureTable.Names)));
        string[] options = ["--features", _folder.File("features.csv"), "--name", "direction", "--version", "1", "--folds", "1", "--trees", "30"];

        var trained = Python.RunAsync("training/train.py", [.. options, "--out", _folder.File("m.maomodel")]);
        var predicted = Python.RunAsync("training/predict.py", [.. options, "--rows", _folder.File("rows.csv"), "--out", _folder.File("p.csv")]);
        var runs = await Task.WhenAll(trained, predicted);
        runs.Should().AllSatisfy(run => run.ExitCode.Should().Be(0, run.Error));

        var model = ModelFile.Read(_folder.File("m.maomodel"), FeatureTable.Names);
        var expected = (await File.ReadAllLinesAsync(_folder.File("p.csv"))).Skip(1).Select(line => line.Split(',').Select(Number).ToArray()).ToArray();
        expected.Should().HaveCount(Rows);
        var compared = 0;
        for (var i = 0; i < Rows; i++)
        {
            double[] ours = [model.Predict(rows[i]), .. model.Ensembles.Select(ensemble => Part(model, ensemble, rows[i]))];
            for (var part = 0; part < ours.Length; part++)
            {
                if (double.IsNaN(expected[i][part]))
                {
                    (part > 0 || double.IsNaN(ours[part])).Should().BeTrue($"row {i} is refused by the library");
                    continue;
                }

                ours[part].Should().BeApproximately(expected[i][part], Tolerance, $"row {i}, part {part}");
                compared++;
            }
        }

        compared.Should().BeGreaterThan(Rows * 3, "most rows must be predicted");
        expected.Count(row => double.IsNaN(row[0]) && !double.IsNaN(row[3])).Should().BeGreaterThan(50, "rows with missing values must be among them");
        expected.Select(row => row[0]).Distinct().Should().HaveCountGreaterThan(500, "the model must tell rows apart");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows like those of the training, far outside of them, on their edges, and with holes.</summary>
    private static double[][] Draw()
    {
        var random = new Random(17);
        double[] extremes = [0, -0.0, 1e-320, -1e-30, 1e30, -1e30, 1e300, -1e300, 3.4e38, double.MaxValue, double.NaN];
        var rows = new double[Rows][];
        for (var i = 0; i < Rows; i++)
        {
            rows[i] = [random.NextDouble() - 0.5, 1.5 + random.NextDouble(), random.NextDouble() * 100, Math.Exp(random.NextDouble() * 30), 7];
            for (var feature = 0; feature < rows[i].Length && i % 2 == 1; feature++)
            {
                rows[i][feature] = random.Next(12) == 0 ? extremes[random.Next(extremes.Length)] : rows[i][feature] * Math.Pow(10, random.Next(-3, 4));
            }
        }

        return rows;
    }

    private static double Part(TrainedModel model, TreeEnsemble ensemble, double[] row) => ensemble.Predict([.. row.Select((value, i) =>
        model.Header.Features[i] is { Deviation: > 0 } feature ? (float)((value - feature.Mean) / feature.Deviation) : 0)]);

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
