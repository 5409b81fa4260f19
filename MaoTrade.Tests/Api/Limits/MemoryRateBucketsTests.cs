using System.Net;
using MaoApi.Limits;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Limits;

public sealed class MemoryRateBucketsTests : RateBucketsContract
{
    private static readonly RateBudget One = RateBudget.Of(1, TimeSpan.FromHours(1), adapts: true);

    private readonly FakeClock _clock = new();
    private readonly MemoryRateBuckets _buckets;

    public MemoryRateBucketsTests() => _buckets = new MemoryRateBuckets(_clock);

    private protected override IRateBuckets Buckets => _buckets;

    [Fact]
    public async Task A_flood_of_strangers_takes_bounded_room_and_the_last_callers_keep_their_buckets()
    {
        await Buckets.TakeAsync(RateKey.OfUser(-1), One);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < MemoryRateBuckets.MaxBuckets + 100; i++)
        {
            await Buckets.TakeAsync(RateKey.OfUser(i), One);
        }

        _buckets.Count.Should().BeLessThanOrEqualTo(MemoryRateBuckets.MaxBuckets);
        (await Buckets.TakeAsync(RateKey.OfUser(MemoryRateBuckets.MaxBuckets + 99), One)).Allowed.Should().BeFalse();
        (await Buckets.TakeAsync(RateKey.OfUser(-1), One)).Allowed.Should().BeTrue("who called longest ago is forgotten first");
    }

    [Fact]
    public void An_address_is_the_same_caller_in_either_form_and_a_network_of_64_bits_is_one_caller()
    {
        RateKey.OfAddress(IPAddress.Parse("::ffff:10.1.2.3")).Should().Be(RateKey.OfAddress(IPAddress.Parse("10.1.2.3")));
        RateKey.OfAddress(IPAddress.Parse("2001:db8::1")).Should().Be(RateKey.OfAddress(IPAddress.Parse("2001:db8::ffff:2")));
        RateKey.OfAddress(IPAddress.Parse("2001:db8::1")).Should().NotBe(RateKey.OfAddress(IPAddress.Parse("2001:db8:0:1::1")));
    }

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
