using MaoApi.Data;
using MaoApi.Idempotency;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Idempotency;

public sealed class IdempotencyStoreTests
{
    private static readonly IdempotencyKey Key = new("user 1", "key-0001");

    [Fact]
    public async Task A_record_is_there_before_its_answer_and_outlives_whoever_wrote_it()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var first = Store(gateway, clock);
        (await first.TakeAsync(Key, "POST /a", "hash", default)).Should().BeNull();

        var afterCrash = await Store(gateway, clock).TakeAsync(Key, "POST /a", "hash", default);
        await first.CompleteAsync(Key, new StoredAnswer(422, "application/json", "{}"u8.ToArray()), default);
        var afterEnd = await Store(gateway, clock).TakeAsync(Key, "POST /b", "other", default);

        afterCrash.Should().BeEquivalentTo(new IdempotencyRecord("POST /a", "hash", clock.GetUtcNow(), null));
        afterEnd.Should().BeEquivalentTo(
            new IdempotencyRecord("POST /a", "hash", clock.GetUtcNow(), new StoredAnswer(422, "application/json", "{}"u8.ToArray())));
    }

    [Fact]
    public async Task A_key_is_free_after_a_day_and_its_row_goes()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var store = Store(gateway, clock);
        await store.TakeAsync(Key, "POST /a", "hash", default);
        await store.CompleteAsync(Key, new StoredAnswer(200, null, []), default);
        clock.Skip(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await store.TakeAsync(Key, "POST /a", "hash", default)).Should().NotBeNull();

        clock.Advance(TimeSpan.FromSeconds(1));

        (await store.TakeAsync(Key, "POST /a", "hash", default)).Should().BeNull();
        clock.Skip(TimeSpan.FromHours(25));
        await store.TakeAsync(Key with { Key = "key-0002" }, "POST /a", "hash", default);
        await using var context = gateway.Database();
        (await context.IdempotentAnswers.Select(row => row.Key).ToListAsync()).Should().Equal("key-0002");
    }

    [Fact]
    public async Task Only_what_has_no_answer_can_be_released()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var store = Store(gateway, clock);
        await store.TakeAsync(Key, "POST /a", "hash", default);
        await store.ReleaseAsync(Key, default);
        (await store.TakeAsync(Key, "POST /a", "hash", default)).Should().BeNull();
        await store.CompleteAsync(Key, new StoredAnswer(200, null, []), default);
        await store.ReleaseAsync(Key, default);

        (await store.TakeAsync(Key, "POST /a", "hash", default)).Should().NotBeNull();
    }

    [Fact]
    public async Task Of_many_who_take_a_key_at_once_one_has_it()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        for (var round = 0; round < 20; round++)
        {
            var key = new IdempotencyKey("user 1", $"round-{round:D4}");
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store(gateway, clock).TakeAsync(key, "POST /a", "hash", default))));

            taken.Count(record => record is null).Should().Be(1, "round {0}", round);
        }
    }

    private static DatabaseIdempotencyStore Store(Gateway gateway, TimeProvider time) =>
        new(gateway.App.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>(), time);
}
