using MaoApi.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Contracts;

/// <summary>What every log store does.</summary>
public abstract class LogStoreContract
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private protected abstract ILogStore Store { get; }

    /// <summary>Stores events in the way this store gets them.</summary>
    private protected abstract Task AppendAsync(params LogRecord[] records);

    /// <summary>Lets what was stored become old enough for a reader of what is new.</summary>
    private protected abstract void Settle();

    [ContractFact]
    public async Task Everything_stored_is_found_again_as_it_was()
    {
        var record = Event(0, "with everything") with
        {
            Module = "Config",
            Machine = "host1",
            FuncName = "Read",
            LineNumber = 42,
            Thread = "7",
            Topic = "orders",
            TopicId = "o-1",
            StackTrace = "System.Exception: ß €\n   at X",
            FileLog = "maotrade-2026-01-05.log",
            Rid = "4bf92f3577b34da6a3ce929d0e0e4736",
            Event = "Refused",
        };
        await AppendAsync(record);

        var found = await Store.SearchAsync(new LogFilter(), null, 10, default);

        found.Should().ContainSingle().Which.Should().Be(record with { Id = found[0].Id });
    }

    [ContractTheory]
    [InlineData("debug", "debug,info,warning,error,critical")]
    [InlineData("WARNING", "warning,error,critical")]
    [InlineData("critical", "critical")]
    public async Task A_level_means_that_or_worse(string level, string expected)
    {
        string[] levels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
        await AppendAsync([.. levels.Select((name, n) => Event(n, name.ToLowerInvariant()) with { LevelName = name })]);

        (await FindAsync(new LogFilter { Level = level })).Reverse().Should().Equal(expected.Split(','));
    }

    [ContractFact]
    public async Task Every_condition_narrows_and_all_hold_together()
    {
        await AppendAsync(
            Event(0, "wanted") with { App = "maotrade", Account = "demo1", Rid = "r1" },
            Event(1, "other app") with { App = "maoapi", Account = "demo1", Rid = "r1" },
            Event(2, "other account") with { App = "maotrade", Account = "demo2", Rid = "r1" },
            Event(3, "other request") with { App = "maotrade", Account = "demo1", Rid = "r2" },
            Event(4, "too late") with { App = "maotrade", Account = "demo1", Rid = "r1" });

        var filter = new LogFilter { App = "maotrade", Account = "demo1", Rid = "r1", From = Start, To = Start.AddSeconds(4) };

        (await FindAsync(filter)).Should().Equal("wanted");
        (await FindAsync(filter with { From = Start.AddSeconds(1) })).Should().BeEmpty("from is the first moment that counts");
    }

    [ContractTheory]
    [InlineData("order refused", "order 17 was refused by the broker")]
    [InlineData("ORDER", "order 17 was refused by the broker")]
    [InlineData("bro", "order 17 was refused by the broker")]
    [InlineData("NullReference", "it failed")]
    [InlineData("refused OR failed", "")]
    [InlineData("ord broker", "")]
    [InlineData("\"", "")]
    [InlineData("order\" OR \"failed", "")]
    [InlineData("NOT order", "")]
    [InlineData("message:order", "")]
    [InlineData("*", "")]
    [InlineData("(", "")]
    public async Task Words_all_stand_in_the_event_and_nothing_typed_is_an_operator(string text, string expected)
    {
        await AppendAsync(Event(0, "order 17 was refused by the broker"), Event(1, "it failed") with { StackTrace = "System.NullReferenceException" });

        (await FindAsync(new LogFilter { Text = text })).Should().Equal(expected.Length == 0 ? [] : [expected]);
    }

    [ContractFact]
    public async Task Pages_hold_every_event_once_whatever_comes_in_between()
    {
        // Three at each moment: a page ends between events of the same time.
        await AppendAsync([.. Enumerable.Range(0, 30).Select(n => Event(n / 3, $"{n}"))]);
        var seen = new List<string>();
        LogCursor? cursor = null;
        do
        {
            var page = await Store.SearchAsync(new LogFilter(), cursor, 7, default);
            seen.AddRange(page.Select(record => record.Message));
            cursor = page.Count == 7 ? LogCursor.Of(page[^1]) : null;
            await AppendAsync(Event(100, "new"));
        }
        while (cursor is not null);

        seen.Should().Equal(Enumerable.Range(0, 30).Reverse().Select(n => $"{n}"));
    }

    [ContractFact]
    public async Task What_is_new_comes_in_the_order_it_was_stored_and_once()
    {
        await AppendAsync(Event(0, "old"));
        Settle();
        var after = await Store.LastIdAsync(default);
        await AppendAsync(Event(5, "a"), Event(1, "skipped") with { Account = "demo2" }, Event(2, "b"), Event(3, "c"));
        Settle();
        var filter = new LogFilter { Account = "demo1" };

        var first = await Store.ReadAfterAsync(filter, after, 2, default);
        var second = await Store.ReadAfterAsync(filter, first.LastId, 2, default);
        var third = await Store.ReadAfterAsync(filter, second.LastId, 2, default);

        first.Records.Select(record => record.Message).Should().Equal("a", "b");
        second.Records.Select(record => record.Message).Should().Equal("c");
        third.Records.Should().BeEmpty();
    }

    [ContractFact]
    public async Task An_empty_store_has_an_id_that_everything_comes_after()
    {
        var before = await Store.LastIdAsync(default);
        await AppendAsync(Event(0, "first"));
        Settle();

        Store.IsId(before).Should().BeTrue();
        (await Store.ReadAfterAsync(new LogFilter(), before, 10, default)).Records.Should().ContainSingle();
        (await Store.SearchAsync(new LogFilter(), null, 10, default)).Should().OnlyContain(record => Store.IsId(record.Id));
    }

    [ContractTheory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("1' OR '1")]
    [InlineData("{\"$gt\":\"\"}")]
    public void What_no_event_is_called_is_no_id(string text)
    {
        Store.IsId(text).Should().BeFalse();
        LogCursor.TryParse($"1767600000000-{text}", Store, out _).Should().BeFalse();
    }

    [ContractFact]
    public async Task The_oldest_are_deleted_with_their_words_so_many_at_a_time()
    {
        await AppendAsync([.. Enumerable.Range(0, 10).Select(n => Event(n, $"event {n}"))]);

        (await Store.DeleteBeforeAsync(Start.AddSeconds(8), 5, default)).Should().Be(5);
        (await Store.DeleteBeforeAsync(Start.AddSeconds(8), 5, default)).Should().Be(3);
        (await Store.DeleteBeforeAsync(Start.AddSeconds(8), 5, default)).Should().Be(0);

        (await FindAsync(new LogFilter { Text = "event" })).Should().Equal("event 9", "event 8");
    }

    [ContractFact]
    public async Task Many_write_and_read_at_once()
    {
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                await AppendAsync(Event(n, $"{w} {n}"));
                await FindAsync(new LogFilter { Text = $"{w}" });
            }
        }));

        await Task.WhenAll(writers);

        (await Store.SearchAsync(new LogFilter(), null, 1000, default)).Select(record => record.Message).Distinct().Should().HaveCount(200);
    }

    private protected static LogRecord Event(int second, string message) => new()
    {
        App = "maotrade",
        Account = "demo1",
        LevelName = "INFO",
        Message = message,
        Timestamp = Start.AddSeconds(second),
    };

    private protected async Task<IReadOnlyList<string>> FindAsync(LogFilter filter) =>
        [.. (await Store.SearchAsync(filter, null, 100, default)).Select(record => record.Message)];
}
