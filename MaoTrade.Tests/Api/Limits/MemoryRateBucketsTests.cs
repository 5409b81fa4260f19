using System.Net;
using MaoApi.Limits;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Limits;

public sealed class MemoryRateBucketsTests
{
    private static readonly RateBudget One = RateBudget.Of(1, TimeSpan.FromHours(1), adapts: true);

    [Fact]
    public async Task A_flood_of_strangers_takes_bounded_room_and_the_last_callers_keep_their_buckets()
    {
        var clock = new FakeClock();
        var buckets = new MemoryRateBuckets(clock);
        await buckets.TakeAsync(RateKey.OfUser(-1), One);
        clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < MemoryRateBuckets.MaxBuckets + 100; i++)
        {
            await buckets.TakeAsync(RateKey.OfUser(i), One);
        }

        buckets.Count.Should().BeLessThanOrEqualTo(MemoryRateBuckets.MaxBuckets);
        (await buckets.TakeAsync(RateKey.OfUser(MemoryRateBuckets.MaxBuckets + 99), One)).Allowed.Should().BeFalse();
        (await buckets.TakeAsync(RateKey.OfUser(-1), One)).Allowed.Should().BeTrue("who called longest ago is forgotten first");
    }

    [Fact]
    public async Task Actions_and_owners_have_buckets_of_their_own()
    {
        var buckets = new MemoryRateBuckets(new FakeClock());
        RateKey[] keys =
        [
            RateKey.OfUser(1), RateKey.OfUser(2), RateKey.OfUser(1).For(RateAction.Heavy), RateKey.OfUser(1).For(RateAction.Orders),
            RateKey.OfService("1"), RateKey.OfAddress(IPAddress.Parse("0.0.0.1")),
        ];

        foreach (var key in keys)
        {
            (await buckets.TakeAsync(key, One)).Allowed.Should().BeTrue(key.ToString());
        }
    }

    [Fact]
    public void An_address_is_the_same_caller_in_either_form_and_a_network_of_64_bits_is_one_caller()
    {
        RateKey.OfAddress(IPAddress.Parse("::ffff:10.1.2.3")).Should().Be(RateKey.OfAddress(IPAddress.Parse("10.1.2.3")));
        RateKey.OfAddress(IPAddress.Parse("2001:db8::1")).Should().Be(RateKey.OfAddress(IPAddress.Parse("2001:db8::ffff:2")));
        RateKey.OfAddress(IPAddress.Parse("2001:db8::1")).Should().NotBe(RateKey.OfAddress(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_there_is()
    {
        var buckets = new MemoryRateBuckets(new FakeClock());
        var budget = RateBudget.Of(50, TimeSpan.FromHours(1));
        var allowed = 0;

        await Parallel.ForAsync(0, 1000, async (_, _) =>
        {
            if ((await buckets.TakeAsync(RateKey.OfUser(1), budget)).Allowed)
            {
                Interlocked.Increment(ref allowed);
            }
        });

        allowed.Should().Be(50);
    }
}
