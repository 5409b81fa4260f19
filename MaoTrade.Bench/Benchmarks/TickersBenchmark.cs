using System.Diagnostics;
using System.Globalization;
using MaoApi.MarketData.Search;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>How long a person waits for tickers that are like what was typed, the look for changes in the database among it.</summary>
internal sealed class TickersBenchmark : IBenchmark
{
    private const int Tickers = 100_000;
    private const int QuestionsPerRound = 2_000;
    private const double WantedMilliseconds = 5;

    private static readonly string[] Words =
    [
        "International", "Holdings", "Group", "Energy", "Bank", "Pharma", "Technologies", "Resources", "Capital", "Industries", "Motors", "Foods",
        "Systems", "Mining", "Insurance", "Media", "Partners", "Global", "First", "United", "National", "American", "Deutsche", "Royal",
    ];

    public string Name => "tickers";

    public string Summary => "fuzzy search on 100,000 tickers: symbols, names, typing mistakes, one and two letters";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var random = new Random(5);
        await using var store = await HistoryUnderTest.CreateAsync(children.CreateFolder());
        var tickers = Enumerable.Range(0, Tickers).Select(n => (Symbol: Symbol(random, n), Name: NameOf(random))).ToList();
        await store.AddTickersAsync(tickers);
        using var search = new TickerSearch(store.Histories, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        await search.FindAsync("first", 20, CancellationToken.None);
        var built = Stopwatch.GetElapsedTime(began);
        await MeasureAsync(search, tickers, random);
        var report = new Report("case", "ms at p50, median (min–max)", "ms at p99, median (min–max)", "figure", "");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"one question at a time, in this process, with the look for changed tickers in SQLite; the index was made in {built.TotalMilliseconds:F0} ms"));
        var rounds = new List<PacedResult>();
        for (var i = 0; i < options.Rounds; i++)
        {
            rounds.Add(await MeasureAsync(search, tickers, random));
        }

        var p99 = new Series(rounds.Select(round => round.Percentile(0.99)));
        report.Row(
            Figure.AtMost(WantedMilliseconds, p99.Median, " ms"), $"{Tickers:N0} tickers", new Series(rounds.Select(round => round.Percentile(0.5))).Format("F2"), p99.Format("F2"));
        return report;
    }

    private static async Task<PacedResult> MeasureAsync(TickerSearch search, List<(string Symbol, string Name)> tickers, Random random)
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < QuestionsPerRound; i++)
        {
            var question = Question(tickers[random.Next(tickers.Count)], random);
            var asked = Stopwatch.GetTimestamp();
            await search.FindAsync(question, 20, CancellationToken.None);
            milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return new PacedResult([.. milliseconds.Order()], 0);
    }

    private static string Question((string Symbol, string Name) ticker, Random random) => random.Next(6) switch
    {
        0 => ticker.Symbol,
        1 => ticker.Symbol[..random.Next(1, 3)],
        2 => Mistyped(ticker.Symbol, random),
        3 => ticker.Name,
        4 => Mistyped(ticker.Name, random),
        _ => ticker.Name.Split(' ')[1],
    };

    private static string Mistyped(string text, Random random)
    {
        var at = random.Next(text.Length);
        return text.Remove(at, 1).Insert(at, ((char)('A' + random.Next(26))).ToString());
    }

    private static string Symbol(Random random, int number)
    {
        var letters = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => (char)('A' + random.Next(26))));
        return letters + number.ToString("X5", CultureInfo.InvariantCulture);
    }

    private static string NameOf(Random random) =>
        $"{(char)('A' + random.Next(26))}{string.Concat(Enumerable.Range(0, 5).Select(_ => (char)('a' + random.Next(26))))} "
        + $"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]} Inc";
}
