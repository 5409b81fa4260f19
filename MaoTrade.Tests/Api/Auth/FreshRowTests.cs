using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Auth;

/// <summary>A user's row is remembered for ten seconds, but not where they add risk.</summary>
public sealed class FreshRowTests
{
    private const string Order = """{"epic":"EURUSD","opType":1,"qty":1}""";

    [Fact]
    public async Task A_user_blocked_a_moment_ago_may_close_for_seconds_more_but_opens_nothing()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);
        await using (var context = gateway.Database())
        {
            await context.Users.Where(user => user.UserId == "owner").ExecuteUpdateAsync(user => user.SetProperty(row => row.Status, UserStatus.Blocked));
        }

        (await gateway.PostAsync("/clientmt/orders/close", """{"epic":"EURUSD"}""")).Status.Should().Be(200);
        var received = gateway.Engine.Received;
        var open = await gateway.PostAsync("/clientmt/orders/open", Order);

        (open.Status, open.Code, gateway.Engine.Received).Should().Be((403, 13, received));
    }
}
