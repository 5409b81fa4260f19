using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.MarketData;

/// <summary>What the store of bars keeps to in every kind of database.</summary>
public abstract class HistoryContract : IAsyncLifetime
{
    private const int Day = 86_400;

    private static readonly DateTimeOffset Now = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private IDatabaseUnderTest? _database;
    private int _ticker;

    public async Task InitializeAsync()
    {
        _database = await CreateAsync();
        await _database.Provider.Migrator().MigrateAsync(CancellationToken.None).Within("the migration did not end");
        await using var history = _database.Provider.History();
        var ticker = new Ticker { Symbol = "XYZ", Name = "Xyz", Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        _ticker = ticker.Id;
    }

    public Task DisposeAsync() => _database!.DisposeAsync().AsTask();

    [ContractFact]
    public async Task Bars_are_stored_once_however_often_they_are_told()
    {
        var bars = Days(0, 3000);

        var first = await WriteAsync(bars);
        var version = await VersionAsync();
        var second = await WriteAsync(bars);
        var shuffled = await WriteAsync([.. bars.OrderBy(bar => bar.UnixSeconds % 7)]);

        (first!.Added, second!.Unchanged, shuffled!.Unchanged).Should().Be((3000, 3000, 3000));
        (second.IsChange, shuffled.IsChange).Should().Be((false, false));
        (await VersionAsync()).Should().Be(version, "what changes nothing leaves no trace");
        (await ReadAsync()).Should().Equal(bars);
        await using var history = Context();
        var index = await history.HistoryIndexes.SingleAsync();
        (index.StartFrame, index.EndFrame).Should().Be((0, 2999L * Day));
        (await history.BarCorrections.CountAsync()).Should().Be(0);
    }

    [ContractFact]
    public async Task Parts_told_in_any_order_become_the_whole()
    {
        await WriteAsync(Days(2000, 500));
        await WriteAsync(Days(0, 700));
        await WriteAsync(Days(600, 1500));
        await WriteAsync([Days(2600, 1)[0]]);

        (await ReadAsync()).Should().Equal([.. Days(0, 2500), .. Days(2600, 1)]);
        await using var history = Context();
        (await history.HistoryIndexes.SingleAsync()).EndFrame.Should().Be(2600L * Day);
        var blocks = await history.BarBlocks.OrderBy(block => block.Block).ToListAsync();
        blocks.Select(block => (block.StartFrame / Day, block.EndFrame / Day, block.Count))
            .Should().Equal((0, 1023, 1024), (1024, 2047, 1024), (2048, 2600, 453));
    }

    [ContractFact]
    public async Task A_different_value_is_used_and_the_former_one_kept_with_when_and_by_whom()
    {
        await WriteAsync(Days(0, 10));
        var other = Days(4, 1)[0] with { Close = 104.25m, Volume = 7 };

        var written = await WriteAsync([Days(3, 1)[0], other], "vendor.csv");
        var again = await WriteAsync([other], "vendor.csv");

        (written!.Corrected, written.Unchanged, again!.Unchanged).Should().Be((1, 1, 1));
        (await ReadAsync())[4].Should().Be(other);
        await using var history = Context();
        var kept = await history.BarCorrections.SingleAsync();
        new Frame(kept.Frame, kept.Open, kept.High, kept.Low, kept.Close, kept.Volume).Should().Be(Days(4, 1)[0]);
        (kept.Source, kept.Corrected).Should().Be(("vendor.csv", Now));
    }

    [ContractFact]
    public async Task Live_bars_fill_what_is_missing_and_correct_nothing()
    {
        await WriteAsync(Days(0, 10));

        var written = await WriteAsync([Days(9, 1)[0] with { Close = 109.5m }, Days(10, 1)[0]], "engine:demo1", BarConflict.Keep);

        (written!.Added, written.Ignored, written.Corrected).Should().Be((1, 1, 0));
        (await ReadAsync()).Should().Equal(Days(0, 11));
    }

    [ContractFact]
    public async Task Bars_that_are_none_are_told_by_row_and_the_others_kept()
    {
        var good = Days(0, 3);
        Frame[] bars =
        [
            good[0],
            good[1] with { Low = 0 },
            good[1] with { Open = -1, Low = -1 },
            good[1] with { High = 1 },
            good[1] with { Close = 1000 },
            good[1] with { Volume = -1 },
            good[1] with { UnixSeconds = long.MaxValue },
            good[2],
            good[0] with { Volume = 9 },
            good[0],
        ];

        var written = await WriteAsync(bars);

        written!.Faults.Select(fault => (fault.Row, fault.Message)).Should().BeEquivalentTo(
        [
            (2, "a price is not above 0"),
            (3, "a price is not above 0"),
            (4, "high is below low"),
            (5, "high and low do not enclose the others"),
            (6, "the volume is below 0"),
            (7, "the time is not between 1800 and 2200"),
            (9, "the time is there already, with other values"),
        ]);
        (await ReadAsync()).Should().Equal(good[0], good[2]);
    }

    [ContractFact]
    public async Task Values_of_a_study_may_be_of_any_sign()
    {
        var values = Enumerable.Range(-5, 10).Select(n => new Frame(n * Day, n, n, n, n, 0)).ToList();

        (await WriteAsync(values, TickerSources.Study + ":macd"))!.Added.Should().Be(10);

        (await ReadAsync()).Should().Equal(values);
    }

    [ContractFact]
    public async Task What_cannot_be_stored_leaves_nothing()
    {
        (await Writer().WriteAsync(999, Day, Days(0, 1), "x", CancellationToken.None)).Should().BeNull("there is no such ticker");
        foreach (var seconds in new[] { 0, -60, int.MinValue, (31 * Day) + 1, int.MaxValue })
        {
            var write = () => Writer().WriteAsync(_ticker, seconds, Days(0, 1), "x", CancellationToken.None);
            await write.Should().ThrowAsync<ArgumentOutOfRangeException>();
        }

        var minutes = Enumerable.Range(0, 4000).Select(n => new Frame(n * 60L, 1, 1, 1, 1, 0)).ToList();
        var wrong = () => WriteAsync(minutes);
        await wrong.Should().ThrowAsync<InvalidDataException>("minutes are no days");
        (await ReadAsync()).Should().BeEmpty();
        (await WriteAsync([]))!.Added.Should().Be(0);
    }

    [ContractFact]
    public async Task Imports_of_one_ticker_at_a_time_lose_nothing()
    {
        // Every other bar of the same blocks each, so that any lost change leaves a hole.
        var bars = Days(0, 2200);
        var writes = Enumerable.Range(0, 4).Select(part => Task.Run(
            () => WriteAsync([.. bars.Where((_, n) => n % 4 == part)]))).ToList();

        await Task.WhenAll(writes).Within("the imports did not end");

        (await ReadAsync()).Should().Equal(bars);
        (await Context().HistoryIndexes.SingleAsync()).EndFrame.Should().Be(2199L * Day);
    }

    [ContractFact]
    public async Task A_write_that_is_given_up_leaves_the_former_bars()
    {
        await WriteAsync(Days(0, 10));
        await using var history = Context();
        await history.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
#pragma warning disable RS0030 // It shall be left half done.
            await history.Database.BeginTransactionAsync();
#pragma warning restore RS0030
            await history.HistoryIndexes.ExecuteUpdateAsync(row => row.SetProperty(index => index.Version, index => index.Version + 1));
            await history.BarBlocks.ExecuteDeleteAsync();
        });

        // The connection is closed with the change half done, as a killed process leaves it.
        await history.DisposeAsync();

        (await ReadAsync()).Should().Equal(Days(0, 10));
        (await WriteAsync(Days(0, 12)))!.Added.Should().Be(2);
    }

    private protected abstract Task<IDatabaseUnderTest> CreateAsync();

    private static Frame[] Days(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => new Frame((long)n * Day, 100 + n, 103.5m + n, 99.25m + n, 101 + n, 10 * n))];

    private HistoryWriter Writer() => new(_database!.Provider.Histories(), _database.Provider, new FakeClock(Now));

    private Task<HistoryWritten?> WriteAsync(IReadOnlyList<Frame> bars, string source = "test", BarConflict conflict = BarConflict.Correct) =>
        Writer().WriteAsync(_ticker, Day, bars, source, CancellationToken.None, conflict);

    private MaoDataContext Context() => _database!.Provider.History();

    private async Task<long> VersionAsync()
    {
        await using var history = Context();
        return (await history.HistoryIndexes.SingleAsync()).Version;
    }

    private async Task<List<Frame>> ReadAsync()
    {
        await using var history = Context();
        var blocks = await history.BarBlocks.AsNoTracking().OrderBy(block => block.Block).ToListAsync();
        var version = await history.HistoryIndexes.Select(index => index.Version).SingleOrDefaultAsync();
        blocks.Where(block => block.Revision < 1 || block.Revision > version).Should().BeEmpty();
        return [.. blocks.SelectMany(block => BarBlockFormat.Decode(block.Bars))];
    }
}
