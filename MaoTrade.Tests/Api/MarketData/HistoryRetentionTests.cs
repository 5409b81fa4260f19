using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.Jobs.Work;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.MarketData;

public sealed class HistoryRetentionTests
{
    private const int Minute = 60;
    private const int BlockOfMinutes = Minute * BarBlockFormat.BarsPerBlock;

    [Fact]
    public async Task Bars_older_than_their_time_frame_is_kept_go_by_the_block_and_the_rest_stays_readable()
    {
        await using var database = new SqliteUnderTest();
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        await using var history = database.Provider.History();
        var ticker = new Ticker { Symbol = "X", Name = "X", Source = TickerSources.Store, IsEnabled = true };
        history.Add(ticker);
        await history.SaveChangesAsync();
        var histories = database.Provider.Histories();
        var clock = new FakeClock(DateTimeOffset.UnixEpoch.AddDays(10));
        var writer = new HistoryWriter(histories, database.Provider, clock);
        var minutes = Enumerable.Range(0, 3000).Select(n => new Frame(n * Minute, 1, 1, 1, 1, 0)).ToList();
        await writer.WriteAsync(ticker.Id, Minute, minutes, "x", CancellationToken.None);
        await writer.WriteAsync(ticker.Id, Minute, [minutes[5] with { Volume = 2 }, minutes[2500] with { Volume = 2 }], "x", CancellationToken.None);
        await writer.WriteAsync(ticker.Id, TimeFrames.Day, [new Frame(0, 1, 1, 1, 1, 0)], "x", CancellationToken.None);
        var before = await history.HistoryIndexes.AsNoTracking().SingleAsync(index => index.TimeFrameSeconds == Minute);

        // Two blocks have ended 9 days ago or earlier, the third one has not.
        clock.Skip(TimeSpan.FromSeconds(2 * BlockOfMinutes) - TimeSpan.FromDays(1));
        var said = await new HistoryRetention(histories, new HistoryOptions { MinuteDays = 9 }, clock).RunAsync(new JobProgress(), CancellationToken.None);

        said.Should().Be("2048 bars deleted");
        var index = await history.HistoryIndexes.AsNoTracking().SingleAsync(index => index.TimeFrameSeconds == Minute);
        (index.StartFrame, index.EndFrame).Should().Be((2L * BlockOfMinutes, 2999L * Minute));
        index.Version.Should().BeGreaterThan(before.Version);
        (await history.BarCorrections.Select(bar => bar.Frame).ToListAsync()).Should().Equal(2500L * Minute);
        (await history.BarBlocks.CountAsync(block => block.TimeFrameSeconds == TimeFrames.Day)).Should().Be(1, "days are kept for ever");
        (await new HistoryRetention(histories, new HistoryOptions { MinuteDays = 1 }, clock).RunAsync(new JobProgress(), CancellationToken.None))
            .Should().Be("952 bars deleted");
        using var homes = new StoredHistory(histories, null!, writer);
        (await homes.FindAsync("X", CancellationToken.None))!.Series.Select(series => series.TimeFrameSeconds).Should().Equal(TimeFrames.Day);
        (await writer.WriteAsync(ticker.Id, Minute, [minutes[7]], "x", CancellationToken.None))!.Added.Should().Be(1);
        (await homes.FindAsync("X", CancellationToken.None))!.Series[0].Should().BeEquivalentTo(new { StartFrame = 7L * Minute, EndFrame = 7L * Minute });
    }
}
