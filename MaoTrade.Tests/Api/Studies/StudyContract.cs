using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoApi.Studies;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Studies;

/// <summary>What computing and storing studies keeps to in every kind of database.</summary>
public abstract class StudyContract : IAsyncLifetime
{
    private const int Day = 86_400;

    private static readonly string[] Symbols = ["AAA", "BBB", "CCC"];

    private readonly FakeClock _clock = new();
    private IDatabaseUnderTest? _database;
    private int[] _tickers = [];

    private IDatabaseProvider Provider => _database!.Provider;

    public async Task InitializeAsync()
    {
        _database = await CreateAsync();
        await Provider.Migrator().MigrateAsync(CancellationToken.None).Within("the migration did not end");
        await using var history = Provider.History();
        var tickers = Symbols.Select(symbol => new Ticker { Symbol = symbol, Name = symbol, Source = TickerSources.Store, IsEnabled = true }).ToList();
        history.AddRange(tickers);
        await history.SaveChangesAsync();
        _tickers = [.. tickers.Select(ticker => ticker.Id)];
    }

    public Task DisposeAsync() => _database!.DisposeAsync().AsTask();

    [ContractFact]
    public async Task Whatever_happens_to_the_bars_the_values_are_those_of_a_computation_of_all_of_them()
    {
        var random = new Random(20260105);
        var plans = new[]
        {
            Plan("ratio", "ratio", 2), Plan("spread", "spread", 2, """{"weight":1.5}"""), Plan("correlation", "correlation", 2, """{"period":20}"""),
            Plan("ema", "indicator", 1, """{"indicator":"ema:50"}"""), Plan("hist", "indicator", 1, """{"indicator":"macd","result":"macd_hist"}"""),
            Plan("index", "index", 3), Plan("breadth", "breadth", 3, """{"period":10}"""),
        };
        for (var ticker = 0; ticker < Symbols.Length; ticker++)
        {
            await WriteAsync(ticker, Bars(random, 40 * ticker, 1300).Where(_ => random.Next(20) > 0));
        }

        for (var round = 0; round < 6; round++)
        {
            foreach (var plan in plans)
            {
                await RunAsync(plan);
                var whole = Plan($"whole-{plan.StudyId}-{round}", plan.Kind, 0, plan.Parameters, plan.Tickers);
                await RunAsync(whole);

                var values = await ValuesAsync(plan.StudyId);
                values.Should().Equal(await ValuesAsync(whole.StudyId), "{0} after change {1}", plan.Kind, round);
                values.Should().HaveCountGreaterThan(300);
                (await ExportedAsync(plan.ExportSymbol!)).Should().Equal(values.Select(value => (value.Frame, (decimal)value.Value)), plan.Kind);
            }

            await ChangeAsync(random, round);
        }
    }

    [ContractFact]
    public async Task Only_bars_that_are_new_and_those_from_a_correction_on_are_computed()
    {
        var random = new Random(1);
        var (one, other) = (Bars(random, 0, 2000), Bars(random, 0, 2000));
        await WriteAsync(0, one.Take(1500));
        await WriteAsync(1, other.Take(1500));
        var plan = Plan("ratio", "ratio", 2);

        var messages = new List<string> { await RunAsync(plan), await RunAsync(plan) };
        await WriteAsync(0, one.Take(1503));
        await WriteAsync(1, other.Take(1503));
        messages.Add(await RunAsync(plan));
        await WriteAsync(1, [other[1400] with { Close = other[1400].Low }]);
        messages.Add(await RunAsync(plan));
        await WriteAsync(0, one.Skip(1503).Take(2));
        messages.Add(await RunAsync(plan));
        plan.Kind = "spread";
        messages.Add(await RunAsync(plan));

        // The correction lies in the block that begins with bar 1024.
        messages.Should().Equal(
            "1500 bars, 1500 values computed", "nothing new", "3 bars, 3 values computed", "479 bars, 479 values computed", "2 bars, 0 values computed",
            "1505 bars, 1503 values computed");
    }

    [ContractFact]
    public async Task A_fault_at_any_statement_leaves_everything_as_it_was()
    {
        var random = new Random(2);
        var (one, other) = (Bars(random, 0, 1200), Bars(random, 0, 1200));
        await WriteAsync(0, one.Take(1100));
        await WriteAsync(1, other.Take(1100));
        var plan = Plan("correlation", "correlation", 2, """{"period":20}""");
        await RunAsync(plan);
        var (values, bars) = (await ValuesAsync("correlation"), await ExportedAsync("X.correlation"));
        await WriteAsync(0, one);
        await WriteAsync(1, [.. other.Skip(1100), other[900] with { Close = other[900].High }]);

        var statement = 1;
        for (; ; statement++)
        {
            var faulty = new FaultyHistories(Provider, statement);
            try
            {
                await RunAsync(plan, faulty);
                break;
            }
            catch (Exception fault) when (fault is InjectedException || fault.InnerException is InjectedException)
            {
                (await ValuesAsync("correlation")).Should().Equal(values, "statement {0} failed", statement);
                (await ExportedAsync("X.correlation")).Should().Equal(bars, "statement {0} failed", statement);
            }
        }

        statement.Should().BeGreaterThan(15);
        (await ValuesAsync("correlation")).Should().HaveCount(values.Count + 100);
        (await ExportedAsync("X.correlation")).Should().HaveCount(values.Count + 100);
        (await RunAsync(plan)).Should().Be("nothing new");
    }

    [ContractFact]
    public async Task A_cancelled_computation_ends_soon_and_stores_nothing()
    {
        var random = new Random(3);
        await WriteAsync(0, Bars(random, 0, 5000));
        await WriteAsync(1, Bars(random, 0, 5000));
        using var cancel = new CancellationTokenSource();
        var read = 0;
        var histories = new FaultyHistories(Provider, int.MaxValue, command =>
        {
            if (command.Contains("mao_bars", StringComparison.Ordinal) && ++read == 6)
            {
                cancel.Cancel();
            }
        });

        var running = () => RunAsync(Plan("index", "index", 2), histories, cancel.Token);

        await running.Should().ThrowAsync<OperationCanceledException>();
        read.Should().BeLessThan(9);
        await using var history = Provider.History();
        (await history.Studies.AnyAsync()).Should().BeFalse();
    }

    [ContractFact]
    public async Task Several_that_compute_the_same_at_once_store_it_once()
    {
        var random = new Random(4);
        await WriteAsync(0, Bars(random, 0, 50));
        await WriteAsync(1, Bars(random, 0, 50));
        var plan = Plan("ratio", "ratio", 2);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => RunAsync(plan)))).Within("they wait for each other");

        (await ValuesAsync("ratio")).Should().HaveCount(50);
        (await ExportedAsync("X.ratio")).Should().HaveCount(50);
    }

    [ContractFact]
    public async Task What_was_computed_from_values_others_replaced_since_is_not_stored()
    {
        var plan = Plan("ratio", "ratio", 2);
        StudyPart Part(double value) => new(_tickers[0], "x", [], 0, long.MinValue, [new StudyValue { Frame = 0, Value = value }]);

        (await Values().StoreAsync(plan, Part(1), default)).Should().Be(StudyStored.Done);
        (await Values().StoreAsync(plan, Part(2), default)).Should().Be(StudyStored.Late);

        (await ValuesAsync("ratio")).Should().Equal((0, 1));
    }

    [ContractFact]
    public async Task A_symbol_of_another_ticker_is_not_taken_but_that_of_a_deleted_study_is()
    {
        var random = new Random(5);
        await WriteAsync(0, Bars(random, 0, 30));
        await WriteAsync(1, Bars(random, 0, 30));
        var taken = Plan("ratio", "ratio", 2);
        taken.ExportSymbol = "CCC";

        var running = () => RunAsync(taken);

        (await running.Should().ThrowAsync<JobFindingException>()).Which.Message.Should().Be("30 bars, 30 values computed, but not exported: CCC is a ticker of its own");
        (await ValuesAsync("ratio")).Should().HaveCount(30, "the good part is kept");
        taken.ExportSymbol = "X";
        (await RunAsync(taken)).Should().Be("nothing new");
        (await ExportedAsync("X")).Should().HaveCount(30);
        await Values().DeleteAsync("ratio", default);
        (await ExportedAsync("X")).Should().HaveCount(30, "who uses the ticker does not lose it");
        var heir = Plan("spread", "spread", 2);
        heir.ExportSymbol = "X";
        await RunAsync(heir);
        (await ExportedAsync("X")).Should().Equal((await ValuesAsync("spread")).Select(value => (value.Frame, (decimal)value.Value)));
    }

    [ContractFact]
    public async Task What_cannot_be_computed_is_said_by_name()
    {
        await WriteAsync(0, Bars(new Random(6), 0, 30));

        var none = () => RunAsync(Plan("index", "index", 3));
        var unknown = () => RunAsync(Plan("ratio", "ratio", 0, "{}", """["AAA","ZZZ"]"""));

        (await none.Should().ThrowAsync<JobFindingException>()).Which.Message.Should().Be("no bars of 86400 s are stored of BBB, CCC");
        (await unknown.Should().ThrowAsync<JobFindingException>()).Which.Message.Should().Be("unknown ticker(s) ZZZ");
    }

    private protected abstract Task<IDatabaseUnderTest> CreateAsync();

    private static StudyPlan Plan(string studyId, string kind, int tickers, string parameters = "{}", string? symbols = null) => new()
    {
        StudyId = studyId,
        Name = studyId,
        Kind = kind,
        Tickers = symbols ?? $"""["{string.Join("\",\"", Symbols.Take(tickers))}"]""",
        TimeFrameSeconds = Day,
        Parameters = parameters,
        Schedule = "0 22 * * *",
        ExportSymbol = symbols is null ? $"X.{studyId}" : null,
    };

    /// <summary>Days of a random walk.</summary>
    private static List<Frame> Bars(Random random, int first, int count)
    {
        var close = 100m;
        return [.. Enumerable.Range(first, count).Select(day =>
        {
            var open = close;
            close = Math.Max(1, open + (random.Next(-200, 201) / 100m));
            return new Frame((long)day * Day, open, Math.Max(open, close) + 0.25m, Math.Min(open, close) - 0.25m, close, random.Next(1000));
        })];
    }

    private async Task ChangeAsync(Random random, int round)
    {
        var ticker = random.Next(Symbols.Length);
        switch (round)
        {
            case 0:
                await WriteAsync(ticker, Bars(random, 1400, 30));
                break;
            case 1:
                await WriteAsync(0, Bars(random, 700, 1));
                break;
            case 2:
                await WriteAsync(1, Bars(random, 1300, 200));
                await WriteAsync(0, Bars(random, 1430, 1));
                break;
            case 3:
                await using (var history = Provider.History())
                {
                    await history.BarBlocks.Where(block => block.TickerKey == _tickers[2] && block.Block == 0).ExecuteDeleteAsync();
                }

                break;
            default:
                await WriteAsync(2, Bars(random, random.Next(1500), random.Next(1, 900)));
                break;
        }
    }

    private StudyValues Values() => new(Provider.Histories(), Provider, _clock);

    private Task<string> RunAsync(StudyPlan plan, IDbContextFactory<MaoDataContext>? histories = null, CancellationToken cancellationToken = default)
    {
        histories ??= Provider.Histories();
        return new StudyComputer(histories, new StudyValues(histories, Provider, _clock)).RunAsync(plan, new JobProgress(), cancellationToken);
    }

    private async Task WriteAsync(int ticker, IEnumerable<Frame> bars) =>
        (await new HistoryWriter(Provider.Histories(), Provider, _clock).WriteAsync(_tickers[ticker], Day, [.. bars], "test", default))!.Faults.Should().BeEmpty();

    private async Task<List<(long Frame, double Value)>> ValuesAsync(string studyId)
    {
        await using var history = Provider.History();
        var rows = await history.StudyValues.Join(history.Studies, row => row.StudyKey, study => study.Id, (row, study) => new { row, study.StudyId })
            .Where(row => row.StudyId == studyId).OrderBy(row => row.row.Frame).Select(row => row.row).ToListAsync();
        return [.. rows.Select(row => (row.Frame, row.Value))];
    }

    private async Task<List<(long Frame, decimal Close)>> ExportedAsync(string symbol)
    {
        await using var history = Provider.History();
        var ticker = await history.Tickers.SingleAsync(row => row.Symbol == symbol);
        var blocks = await history.BarBlocks.Where(row => row.TickerKey == ticker.Id && row.TimeFrameSeconds == Day).OrderBy(row => row.Block).ToListAsync();
        var bars = blocks.SelectMany(block => BarBlockFormat.Decode(block.Bars)).ToList();
        var index = await history.HistoryIndexes.SingleAsync(row => row.TickerKey == ticker.Id);
        (index.StartFrame, index.EndFrame).Should().Be((bars[0].UnixSeconds, bars[^1].UnixSeconds));
        return [.. bars.Select(bar => (bar.UnixSeconds, bar.Close))];
    }
}
