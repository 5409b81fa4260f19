using MaoApi.Data.History;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.MarketData;

public sealed class HistoryGapsTests
{
    /// <summary>2026-01-05, a Monday.</summary>
    private const long Monday = 1_767_571_200;

    [Fact]
    public async Task Weekends_are_no_gaps_of_days_and_a_holiday_is_one()
    {
        var days = Enumerable.Range(0, 70).Where(n => n % 7 < 5 && n is not (16 or 17 or 30)).Select(n => Monday + ((long)n * TimeFrames.Day));

        (await FindAsync(TimeFrames.Day, days)).Should().Equal(
            new HistoryGap(Monday + (16L * TimeFrames.Day), Monday + (17L * TimeFrames.Day), 2),
            new HistoryGap(Monday + (30L * TimeFrames.Day), Monday + (30L * TimeFrames.Day), 1));
    }

    [Fact]
    public async Task Nights_are_no_gaps_of_hours_and_a_lost_morning_is_one()
    {
        var hours = Enumerable.Range(0, 24 * 28).Where(n => n / 24 % 7 < 5 && n % 24 is >= 9 and < 17 && n is not ((24 * 9) + 9 or (24 * 9) + 10))
            .Select(n => Monday + ((long)n * TimeFrames.Hour));

        (await FindAsync(TimeFrames.Hour, hours)).Should().Equal(
            new HistoryGap(Monday + ((24L * 9) + 9) * TimeFrames.Hour, Monday + (((24L * 9) + 10) * TimeFrames.Hour), 2));
    }

    [Fact]
    public async Task A_week_that_is_some_days_short_is_no_gap_and_a_lost_one_is()
    {
        long[] weeks = [Monday, Monday + TimeFrames.Week, Monday + (2 * TimeFrames.Week) - TimeFrames.Day, Monday + (4 * TimeFrames.Week)];

        (await FindAsync(TimeFrames.Week, weeks)).Should().ContainSingle().Which.Missing.Should().Be(1);
    }

    private static async Task<List<HistoryGap>> FindAsync(int timeFrame, IEnumerable<long> starts)
    {
        await using var database = new SqliteUnderTest();
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        await using var history = database.Provider.History();
        var ticker = new Ticker { Symbol = "X", Name = "X", Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        var histories = database.Provider.Histories();
        var bars = starts.Select(start => new Frame(start, 1, 1, 1, 1, 0)).ToList();
        var writer = new HistoryWriter(histories, database.Provider, new FakeClock());
        await writer.WriteAsync(ticker.Id, timeFrame, bars, "x", CancellationToken.None);
        using var store = new StoredHistory(histories, null!, writer);
        var stored = await store.FindAsync("X", CancellationToken.None);
        using var blocks = new BarBlocks(histories, new HistoryOptions());
        return await new HistoryGaps(blocks).FindAsync(ticker.Id, stored!.Series[0], CancellationToken.None);
    }
}
