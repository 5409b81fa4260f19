using MaoApi.Limits;
using MaoTrade.Tests.Api.Shared;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Limits;

[NeedsRedis]
public sealed class RedisRateBucketsTests(RedisServer server) : RateBucketsContract, IClassFixture<RedisServer>, IAsyncLifetime
{
    private SharingGateway? _gateway;

    private protected override IRateBuckets Buckets => _gateway!.Buckets;

    public async Task InitializeAsync()
    {
        await server.CommandAsync("FLUSHALL");
        _gateway = await SharingGateway.StartAsync(server.Options);
    }

    public async Task DisposeAsync()
    {
        var warnings = _gateway!.Warnings.ToList();
        await _gateway.DisposeAsync();
        warnings.Should().BeEmpty("the server decided, not the gateway's own buckets");
    }

    [ContractFact]
    public async Task Two_gateways_share_a_bucket_whatever_their_clocks_say()
    {
        var late = new FakeClock(new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var other = await SharingGateway.StartAsync(server.Options, late);
        var budget = RateBudget.Of(40, TimeSpan.FromHours(40));
        var allowed = 0;
        foreach (var i in Enumerable.Range(0, 60))
        {
            allowed += (await (i % 2 == 0 ? Buckets : other.Buckets).TakeAsync(RateKey.OfUser(1), budget)).Allowed ? 1 : 0;
            late.Advance(TimeSpan.FromHours(1));
            late.JumpWallClock(TimeSpan.FromDays(-30));
        }

        allowed.Should().Be(40);
    }

    [ContractFact]
    public async Task A_clock_of_the_server_that_was_set_back_takes_nothing_and_holds_nobody_longer()
    {
        var budget = RateBudget.Of(2, TimeSpan.FromHours(2));
        await Buckets.TakeAsync(RateKey.OfUser(1), budget);
        await PassAsync(TimeSpan.FromHours(-24));

        (await Buckets.TakeAsync(RateKey.OfUser(1), budget)).Allowed.Should().BeTrue();
        (await Buckets.TakeAsync(RateKey.OfUser(1), budget)).Allowed.Should().BeFalse();
        await PassAsync(TimeSpan.FromHours(1));
        (await Buckets.TakeAsync(RateKey.OfUser(1), budget)).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_bucket_is_forgotten_when_it_is_full_again()
    {
        await Buckets.TakeAsync(RateKey.OfUser(1), RateBudget.Of(60, TimeSpan.FromMinutes(60)));
        await Buckets.TakeAsync(RateKey.OfUser(2), RateBudget.Of(60, TimeSpan.FromMinutes(60), adapts: true));

        await PassAsync(TimeSpan.FromSeconds(61));
        (await server.CommandAsync("DBSIZE")).Should().StartWith(":1", "the factor of the second is remembered for an hour");
        await PassAsync(TimeSpan.FromMinutes(60));
        (await server.CommandAsync("DBSIZE")).Should().StartWith(":0");
    }

    [ContractFact]
    public async Task Scripts_the_server_has_forgotten_are_sent_again()
    {
        var budget = RateBudget.Of(2, TimeSpan.FromHours(2));
        await Buckets.TakeAsync(RateKey.OfUser(1), budget);
        await server.CommandAsync("SCRIPT", "FLUSH");

        (await Buckets.TakeAsync(RateKey.OfUser(1), budget)).Remaining.Should().Be(0);
    }

    private protected override Task PassAsync(TimeSpan time) => server.PassAsync(time);
}
