using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>What every kind of database keeps for trading systems and for the gateway.</summary>
public abstract class SystemStoreContract
{
    /// <summary>An empty database of the test's own.</summary>
    protected abstract IStoreDatabase Database { get; }

    [ContractFact]
    public async Task What_systems_and_the_gateway_have_is_kept_and_taken_away_again()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var line = new ChartSeries(null!, "price", "line", SeriesKind.Line);
        var series = new LiveSeries("EURUSD", 60);
        var first = new ChangeSet(StoreSamples.At);
        first.SystemStates["s"] = new SystemSnapshot("""{"a":1}""");
        first.Feeds["s"] = new FeedMark(60, null);
        first.EquityDays.Add(new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24));
        for (var i = 1; i <= 5; i++)
        {
            first.SystemLog.Add(("s", StoreSamples.At, new JournalLine(Severity.Warning, $"line {i}")));
            first.Chart.Add(("s", new ChartChange(line, new ChartPoint(i * 60, i / 3d), i == 5 ? 60 : null)));
            first.Events.Add(new EngineEvent(EventTypes.Push, Severity.Info, "s", $"title {i}", "text"));
            first.Bars.Add((series, new Frame(i * 60, 1m, 2m, 0.5m, 1.5m, i)));
        }

        store.Commit([first], StoreSamples.State());

        store.SystemData.StateOf("s").Should().Be(("""{"a":1}""", StoreSamples.At));
        store.SystemData.LogOf("s", 0, 3).Select(l => l.Line.Message).Should().Equal("line 1", "line 2", "line 3");
        store.SystemData.ChartOf("s").Should().ContainSingle().Which.Points
            .Should().Equal(new ChartPoint(120, 2 / 3d), new ChartPoint(180, 1), new ChartPoint(240, 4 / 3d), new ChartPoint(300, 5 / 3d));
        store.ResultData.DaysFrom(new DateOnly(2026, 1, 5)).Should().Equal(new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24));
        store.WaitingSeries().Should().Equal((series, 300L));
        store.WaitingBars(series, 60, 2).Should().Equal(new Frame(120, 1m, 2m, 0.5m, 1.5m, 2), new Frame(180, 1m, 2m, 0.5m, 1.5m, 3));
        var waiting = store.WaitingEvents(10);
        waiting.Select(e => e.Event.Title).Should().Equal("title 1", "title 2", "title 3", "title 4", "title 5");

        var second = new ChangeSet(StoreSamples.At);
        second.TakenEvents.Add(waiting[0].Number);
        second.TakenBars.Add(new TakenBars(series, 0, 240));
        second.Bars.Add((series, new Frame(360, 1m, 2m, 0.5m, 1.5m, 6)));
        second.CorruptStates.Add(("s", StoreSamples.At, "{"));
        second.Datastore.Add(("s", "key", null));
        second.Signals["s"] = null;
        second.DroppedFrames.Add("s");
        store.Commit([second], StoreSamples.State());

        store.WaitingEvents(10).Should().HaveCount(4);
        store.WaitingBars(series, 0, 10).Select(bar => bar.UnixSeconds).Should().Equal(300, 360);
        store.SystemData.ChartOf("s").Should().BeEmpty();
        store.SystemData.LogOf("s", 0, 10).Should().BeEmpty();
        store.SystemData.StateOf("s").Should().BeNull();
    }

    [ContractFact]
    public async Task Of_a_systems_log_the_last_thousand_lines_are_kept()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet(StoreSamples.At);
        for (var i = 1; i <= 1_010; i++)
        {
            changes.SystemLog.Add(("s", StoreSamples.At, new JournalLine(Severity.Info, $"{i}")));
        }

        store.Commit([changes], StoreSamples.State());

        var lines = store.SystemData.LogOf("s", 0, 2_000);
        (lines.Count, lines[0].Line.Message, lines[^1].Line.Message).Should().Be((1_000, "11", "1010"));
    }
}
