using MaoApi.Limits;

namespace MaoTrade.Tests.Api.Limits;

public sealed class RateBucketTests
{
    private static readonly RateBudget Twenty = RateBudget.Of(200, TimeSpan.FromSeconds(10), adapts: true);

    [Fact]
    public void A_full_bucket_allows_its_burst_and_refills_at_its_rate()
    {
        var bucket = new RateBucket(200, TimeSpan.Zero);
        var budget = Twenty with { Adapts = false };

        Allowed(bucket, budget, 250, TimeSpan.Zero).Should().Be(200);
        Allowed(bucket, budget, 250, TimeSpan.FromSeconds(1)).Should().Be(20);
        Allowed(bucket, budget, 500, TimeSpan.FromHours(1)).Should().Be(200);
    }

    [Fact]
    public void An_empty_bucket_says_when_the_next_request_may_come()
    {
        var bucket = new RateBucket(1, TimeSpan.Zero);
        var hourly = RateBudget.Of(100, TimeSpan.FromHours(1));
        bucket.Take(hourly, TimeSpan.Zero).Allowed.Should().BeTrue();

        var refused = bucket.Take(hourly, TimeSpan.Zero);

        refused.Should().Be(new RateTake(false, 100, 0, TimeSpan.FromHours(1), TimeSpan.FromSeconds(36)));
        bucket.Take(hourly, TimeSpan.FromSeconds(35.9)).Allowed.Should().BeFalse();
        bucket.Take(hourly, TimeSpan.FromSeconds(36)).Allowed.Should().BeTrue();
    }

    [Fact]
    public void Too_many_of_the_engine_slows_the_filling_to_a_half_at_the_least()
    {
        var bucket = new RateBucket(200, TimeSpan.Zero);
        for (var i = 0; i < 50; i++)
        {
            bucket.SlowDown(TimeSpan.Zero);
        }

        bucket.Factor(TimeSpan.Zero).Should().Be(0.5);
        Allowed(bucket, Twenty, 1, TimeSpan.Zero).Should().Be(1);
        bucket.Take(Twenty, TimeSpan.Zero).Limit.Should().BeInRange(100, 103);
    }

    [Fact]
    public void Requests_without_trouble_fill_faster_but_never_allow_a_greater_burst()
    {
        var bucket = new RateBucket(200, TimeSpan.Zero);

        Allowed(bucket, Twenty, 250, TimeSpan.Zero).Should().Be(200);

        bucket.Factor(TimeSpan.Zero).Should().Be(1.5, "1.01 to the 200th is more than the highest factor");
        Allowed(bucket, Twenty, 250, TimeSpan.FromSeconds(1)).Should().Be(30);
        Allowed(bucket, Twenty, 250, TimeSpan.FromMinutes(1)).Should().Be(200);
    }

    [Fact]
    public void The_factor_is_forgotten_after_an_hour()
    {
        var bucket = new RateBucket(200, TimeSpan.Zero);
        bucket.SlowDown(TimeSpan.Zero);

        bucket.Factor(TimeSpan.FromMinutes(59)).Should().BeApproximately(0.9, 1e-12);
        bucket.Factor(TimeSpan.FromMinutes(60)).Should().Be(1);
    }

    private static int Allowed(RateBucket bucket, RateBudget budget, int requests, TimeSpan now) =>
        Enumerable.Range(0, requests).Count(_ => bucket.Take(budget, now).Allowed);
}
