using System.CommandLine;
using System.Globalization;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Market.Features;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>
/// <c>features</c>: the features of recorded bars as a CSV file, for training. The rows are those the system sees when it trades: from the
/// first bar at which every feature had enough bars, filled, not standardised.
/// </summary>
internal static class FeaturesCommand
{
    public static Command Create()
    {
        Option<string> data = new("--data") { Description = "CSV file or Metastock folder", Required = true };
        Option<string?> epic = new("--epic") { Description = "With a folder the symbol" };
        Option<int?> timeFrame = new("--time-frame") { Description = "Length of a bar, seconds; default as the data" };
        Option<string> output = new("--out") { Description = "The file to write", Required = true };
        var command = new Command("features", "Writes the features of recorded bars, for training a model") { data, epic, timeFrame, output };
        command.SetAction(result => Run(
            new BacktestSource(result.GetRequiredValue(data)) { Epic = result.GetValue(epic), TimeFrameSeconds = result.GetValue(timeFrame) },
            result.GetRequiredValue(output)));
        return command;
    }

    private static int Run(BacktestSource source, string path)
    {
        var faults = new List<string>();
        var notes = new List<string>();
        var bars = File.Exists(source.Path) || Directory.Exists(source.Path)
            ? BacktestData.Read(source, faults, notes)
            : null;
        notes.ForEach(Console.Error.WriteLine);
        if (bars is null)
        {
            return Faults.Report(faults.DefaultIfEmpty($"data: a CSV file or a Metastock folder is expected, not '{source.Path}'"));
        }

        if (bars.Count < FeatureCalculator.WarmUpBars)
        {
            return Faults.Report([$"data: {bars.Count} bars, the features need {FeatureCalculator.WarmUpBars} before the first row"]);
        }

        try
        {
            using var file = new StreamWriter(path) { NewLine = "\n" };
            Write(bars, file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Faults.Report([$"out: {fault.Message}"]);
        }

        Console.WriteLine($"{path}: {bars.Count - FeatureCalculator.WarmUpBars + 1} rows of {bars.Epic}, {bars.TimeFrameSeconds} s");
        return ExitCode.Orderly;
    }

    private static void Write(BarSeries bars, StreamWriter file)
    {
        var features = new FeatureCalculator();
        var filling = new FeatureFilling();
        var row = new double[FeatureNames.Count];
        file.WriteLine($"frame,close,{string.Join(',', FeatureNames.All)}");
        foreach (var frame in bars.Frames)
        {
            features.Add((double)frame.High, (double)frame.Low, (double)frame.Close, (double)frame.Volume);
            features.CopyTo(row);
            filling.Fill(row);
            if (features.IsWarm)
            {
                file.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{frame.UnixSeconds},{frame.Close},{string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}"));
            }
        }
    }
}
