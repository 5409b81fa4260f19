using MaoApi.Engines;
using MaoApi.Health;
using MaoApi.Hosting;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoApi.Shared;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Shared;

public sealed class StoreLinkTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly SharedStoreOptions Options = new() { Host = "fake", Patience = TimeSpan.FromMilliseconds(100) };
    private static readonly RateBudget One = RateBudget.Of(1, TimeSpan.FromHours(1));
    private static readonly RateKey User = RateKey.OfUser(1);

    private readonly FakeClock _clock = new();
    private readonly FakeStore _store = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    ValueTask IAsyncDisposable.DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_store_decides_while_it_is_there()
    {
        await using var gateway = await StartAsync();

        (await gateway.Buckets.TakeAsync(User, One)).Limit.Should().Be(999);
        (await gateway.Buckets.TakeAsync(User, One)).Allowed.Should().BeTrue("the gateway's own bucket is not asked");
    }

    [Fact]
    public async Task Before_the_first_look_and_in_an_outage_the_gateways_own_bucket_decides()
    {
        _store.Fault = new SharedStoreException("gone");
        await using var gateway = await StartAsync();

        (await gateway.Buckets.TakeAsync(User, One)).Should().BeEquivalentTo(new { Allowed = true, Limit = 1 });
        (await gateway.Buckets.TakeAsync(User, One)).Allowed.Should().BeFalse();
    }

    [Fact]
    public async Task An_outage_is_one_warning_however_many_ask_and_nobody_asks_the_store_in_it()
    {
        await using var gateway = await StartAsync();
        _store.Fault = new SharedStoreException("it fell");
        await gateway.Buckets.TakeAsync(User, One);
        var asked = _store.Asked;
        for (var i = 0; i < 10; i++)
        {
            await gateway.Buckets.TakeAsync(User, One);
            await gateway.Circuit.EndAsync(await gateway.Circuit.BeginAsync(), CallVerdict.Answered);
        }

        await gateway.Link.ProbeAsync();

        (_store.Asked - asked).Should().Be(1, "only the look at it");
        gateway.Warnings.Should().ContainSingle().Which.Should().Contain("the fake store is away: it fell");
    }

    [Fact]
    public async Task The_next_outage_is_the_next_warning()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            _store.Fault = new SharedStoreException("it fell");
            await gateway.Buckets.TakeAsync(User, One);
            _store.Fault = null;
            await gateway.Link.ProbeAsync();
            (await gateway.Buckets.TakeAsync(User, One)).Limit.Should().Be(999);
        }

        gateway.Warnings.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_request_waits_no_longer_than_was_set()
    {
        await using var gateway = await StartAsync();
        _store.Gate = new TaskCompletionSource().Task;

        var take = gateway.Buckets.TakeAsync(User, One).AsTask();
        take.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        (await take.WaitAsync(TimeSpan.FromSeconds(60))).Limit.Should().Be(1);
        gateway.Buckets.TakeAsync(User, One).AsTask().IsCompleted.Should().BeTrue();
        gateway.Warnings.Should().ContainSingle().Which.Should().Contain("no answer within 100 ms");
    }

    [Fact]
    public async Task Health_names_the_store_and_what_is_wrong_with_it_and_is_no_worse_than_degraded()
    {
        await using var gateway = await StartAsync();
        var health = new SharedStore(gateway.Link);
        (await health.LookAsync(CancellationToken.None)).Should().Be(HealthFinding.Healthy("the fake store"));

        _store.Fault = new SharedStoreException("it fell");

        var finding = await health.LookAsync(CancellationToken.None);
        (finding.Status, finding.Message).Should().Be(
            ("degraded", "the fake store is away: it fell; this gateway counts callers and engines for itself"));
    }

    [Fact]
    public async Task A_request_another_gateway_carries_out_is_not_begun_here_but_while_the_store_is_away_it_is()
    {
        var key = new IdempotencyKey("user 1", "key-0001");
        await using var gateway = await StartAsync();
        _store.HeldElsewhere.Add(key);
        (await gateway.Running.TryBeginAsync(key)).Should().BeFalse();

        _store.Fault = new SharedStoreException("it fell");

        (await gateway.Running.TryBeginAsync(key)).Should().BeTrue();
        (await gateway.Running.TryBeginAsync(key)).Should().BeFalse("here it is under way");
        await gateway.Running.EndAsync(key);
        (await gateway.Running.TryBeginAsync(key)).Should().BeTrue();
    }

    private Task<SharingGateway> StartAsync() => SharingGateway.StartAsync(_store, Options, _clock);
}
