using System.Diagnostics;
using System.Text.Json;
using MaoApi.Studies;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Studies;

/// <summary>The kinds of studies against pandas, on series with holes.</summary>
public sealed class StudyKindTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Stands in the manuals of pandas: align, pct_change, rolling, corr, ffill.</summary>
    private const string Reference =
        """
        import json, sys
        import pandas as pd
        series = [pd.Series({int(k): float(v) for k, v in s.items()}).sort_index() for s in json.load(sys.stdin)]
        a, b = series[0].align(series[1], join='inner')
        last = pd.concat(series, axis=1).sort_index().ffill()
        above = pd.concat([(s > s.rolling(10).mean()).where(s.rolling(10).count() == 10).astype(float) for s in series], axis=1).sort_index().ffill()
        whole = last.dropna()
        out = {
            'ratio': a / b,
            'spread': a - 1.5 * b,
            'correlation': a.pct_change().rolling(20).corr(b.pct_change()),
            'index': 100 * (whole / whole.iloc[0]).mean(axis=1),
            'breadth': 100 * above.mean(axis=1),
        }
        json.dump({k: {int(i): v for i, v in s.dropna().items()} for k, s in out.items()}, sys.stdout)
        """;

    [PandasFact]
    public async Task Every_kind_finds_what_pandas_finds()
    {
        var random = new Random(7);
        var series = Enumerable.Range(0, 3).Select(n => Series(random, 30 * n, 600)).ToArray();
        var expected = await AskAsync(series);

        foreach (var (kind, parameters) in new[]
        {
            ("ratio", "{}"), ("spread", """{"weight":1.5}"""), ("correlation", """{"period":20}"""), ("index", "{}"), ("breadth", """{"period":10}"""),
        })
        {
            var tickers = kind is "index" or "breadth" ? series : series[..2];
            var definition = new StudyDefinition(kind, [.. tickers.Select((_, n) => $"T{n}")], 1, JsonElement.Parse(parameters));
            StudyKinds.All[kind].Check(definition).Should().BeEmpty();

            var values = Compute(definition, tickers);

            values.Keys.Should().Equal(expected[kind].Keys, kind);
            foreach (var (frame, value) in expected[kind])
            {
                values[frame].Should().BeApproximately(value, 1e-9 * Math.Max(1, Math.Abs(value)), "{0} at {1}", kind, frame);
            }
        }
    }

    private static SortedDictionary<long, double> Compute(StudyDefinition definition, SortedDictionary<long, decimal>[] series)
    {
        var calculator = StudyKinds.All[definition.Kind].Create(definition);
        var row = new StudyRow(series.Length);
        var values = new SortedDictionary<long, double>();
        foreach (var moment in series.SelectMany(one => one.Keys).Distinct().Order())
        {
            row.Begin(moment);
            for (var ticker = 0; ticker < series.Length; ticker++)
            {
                if (series[ticker].TryGetValue(moment, out var close))
                {
                    row.Put(ticker, new Frame(moment, close, close, close, close, 0));
                }
            }

            if (calculator.Next(row) is { } value)
            {
                values[moment] = value;
            }
        }

        return values;
    }

    /// <summary>A random walk in steps of a quarter, which pandas adds up exactly, too.</summary>
    private static SortedDictionary<long, decimal> Series(Random random, int first, int count)
    {
        var (close, series) = (100m, new SortedDictionary<long, decimal>());
        for (var moment = first; moment < first + count; moment++)
        {
            close += random.Next(-3, 4) / 4m;
            if (random.Next(10) > 0)
            {
                series[moment] = close;
            }
        }

        return series;
    }

    private static async Task<Dictionary<string, SortedDictionary<long, double>>> AskAsync(SortedDictionary<long, decimal>[] series)
    {
        var start = new ProcessStartInfo(PandasFactAttribute.Interpreter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Reference);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(series));
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(0, await errors);
        return JsonSerializer.Deserialize<Dictionary<string, SortedDictionary<long, double>>>(text)!;
    }
}
