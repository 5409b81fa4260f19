using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_user_over_the_limit_is_told_when_to_come_back_and_others_are_not_touched()
    {
        await using var gateway = await Gateway.StartAsync(
            rateLimit: new RateLimitOptions { Requests = 3, Window = TimeSpan.FromHours(1) });
        for (var i = 0; i < 3; i++)
        {
            var allowed = await gateway.GetAsync("/auth/me");
            allowed.Status.Should().Be(200);
            allowed.Headers.GetValues("RateLimit-Limit").Should().Equal("3");
            allowed.Headers.GetValues("RateLimit-Remaining").Should().Equal((2 - i).ToString());
        }

        var refused = await gateway.GetAsync("/auth/me");

        (refused.Status, refused.Code).Should().Be((429, 26));
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await gateway.GetAsync("/auth/me", "viewer")).Status.Should().Be(200);
    }
}
