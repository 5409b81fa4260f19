using System.Net;
using MaoApi.Limits;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Limits;

/// <summary>What the gateway relies on in buckets, wherever they are kept. Rates are so slow that the time a test takes brings nothing back.</summary>
public abstract class RateBucketsContract
{
    private const double Least = 0.95;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly RateBudget One = RateBudget.Of(1, Hour);
    private static readonly RateBudget Ten = RateBudget.Of(10, Hour);
    private static readonly RateBudget Adaptive = RateBudget.Of(200, Hour, adapts: true);
    private static readonly RateKey User = RateKey.OfUser(1);

    private protected abstract IRateBuckets Buckets { get; }

    [ContractFact]
    public async Task A_full_bucket_allows_its_burst_and_refills_at_its_rate()
    {
        (await AllowedAsync(Ten, 15)).Should().Be(10);
        await PassAsync(TimeSpan.FromMinutes(18.5));
        (await AllowedAsync(Ten, 15)).Should().Be(3);
        await PassAsync(TimeSpan.FromHours(100));
        (await AllowedAsync(Ten, 15)).Should().Be(10, "more than its limit it never holds");
    }

    [ContractFact]
    public async Task An_empty_bucket_says_when_the_next_request_may_come_and_keeps_its_word()
    {
        var first = await Buckets.TakeAsync(User, One);
        var refused = await Buckets.TakeAsync(User, One);

        (first.Allowed, first.Limit, first.Remaining, first.RetryAfter).Should().Be((true, 1, 0, TimeSpan.Zero));
        first.ResetAfter.Should().BeCloseTo(Hour, TimeSpan.FromMilliseconds(1));
        (refused.Allowed, refused.Limit, refused.Remaining).Should().Be((false, 1, 0));
        refused.RetryAfter.Should().BeGreaterThan(Hour * Least).And.BeLessThanOrEqualTo(Hour);
        refused.ResetAfter.Should().BeCloseTo(refused.RetryAfter, TimeSpan.FromMilliseconds(1));
        await PassAsync(refused.RetryAfter * Least);
        (await Buckets.TakeAsync(User, One)).Allowed.Should().BeFalse();
        await PassAsync(refused.RetryAfter * (1 - Least) + TimeSpan.FromMilliseconds(2));
        (await Buckets.TakeAsync(User, One)).Allowed.Should().BeTrue();
    }

    [ContractFact]
    public async Task Too_many_of_the_engine_lowers_the_bucket_to_a_half_at_the_least_for_an_hour()
    {
        await Buckets.TakeAsync(User, Adaptive);
        for (var i = 0; i < 50; i++)
        {
            await Buckets.SlowDownAsync(User);
        }

        (await Buckets.TakeAsync(User, Adaptive)).Limit.Should().Be(100);
        await PassAsync(TimeSpan.FromMinutes(61));
        (await Buckets.TakeAsync(User, Adaptive)).Limit.Should().Be(200);
    }

    [ContractFact]
    public async Task A_bucket_that_does_not_adapt_is_not_slowed_down()
    {
        await Buckets.TakeAsync(User, Ten);
        await Buckets.SlowDownAsync(User);

        (await Buckets.TakeAsync(User, Ten)).Limit.Should().Be(10);
    }

    [ContractFact]
    public async Task Requests_without_trouble_fill_faster_but_never_allow_a_greater_burst()
    {
        var budget = RateBudget.Of(100, TimeSpan.FromHours(10), adapts: true);
        (await AllowedAsync(budget, 120)).Should().Be(100);
        await PassAsync(TimeSpan.FromMinutes(57));
        (await AllowedAsync(budget, 120)).Should().Be(14, "ten an hour are fifteen with a factor of one and a half");
        await PassAsync(TimeSpan.FromHours(20));
        (await AllowedAsync(budget, 120)).Should().Be(100);
    }

    [ContractFact]
    public async Task Actions_and_owners_have_buckets_of_their_own()
    {
        RateKey[] keys =
        [
            RateKey.OfUser(1), RateKey.OfUser(2), RateKey.OfUser(1).For(RateAction.Heavy), RateKey.OfUser(1).For(RateAction.Orders),
            RateKey.OfService("1"), RateKey.OfAddress(IPAddress.Parse("0.0.0.1")),
        ];

        foreach (var key in keys)
        {
            (await Buckets.TakeAsync(key, One)).Allowed.Should().BeTrue(key.ToString());
            (await Buckets.TakeAsync(key, One)).Allowed.Should().BeFalse(key.ToString());
        }
    }

    [ContractFact]
    public async Task Many_at_once_get_no_more_than_there_is()
    {
        var budget = RateBudget.Of(50, TimeSpan.FromHours(50));
        var allowed = 0;

        await Parallel.ForAsync(0, 1000, async (_, _) =>
        {
            if ((await Buckets.TakeAsync(User, budget)).Allowed)
            {
                Interlocked.Increment(ref allowed);
            }
        });

        allowed.Should().Be(50);
    }

    /// <summary>Lets time pass for the buckets.</summary>
    private protected abstract Task PassAsync(TimeSpan time);

    private async Task<int> AllowedAsync(RateBudget budget, int requests)
    {
        var allowed = 0;
        for (var i = 0; i < requests; i++)
        {
            allowed += (await Buckets.TakeAsync(User, budget)).Allowed ? 1 : 0;
        }

        return allowed;
    }
}
