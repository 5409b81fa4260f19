using MaoApi.Auth;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Auth;

public sealed class MockUserTests
{
    [Fact]
    public async Task A_request_without_a_token_is_the_mock_users()
    {
        await using var gateway = await StartAsync(MockUserMode.Valid);

        var me = await gateway.SendAsync(HttpMethod.Get, "/auth/me");

        me.Data["user"]!["admin"]!.GetValue<bool>().Should().BeTrue();
        me.Data["user"]!["accounts"]!.ToJsonString().Should().Be("""[{"accountId":"one","role":"owner"}]""");
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", "forged")).Code.Should().Be(10);
    }

    [Fact]
    public async Task The_expired_mock_user_is_refused_as_an_expired_user_is()
    {
        await using var gateway = await StartAsync(MockUserMode.Expired);

        var me = await gateway.SendAsync(HttpMethod.Get, "/auth/me");

        (me.Status, me.Code, gateway.HandlersRun).Should().Be((403, 12, 0));
    }

    private static Task<Gateway> StartAsync(MockUserMode mode) =>
        Gateway.StartAsync(configure: options => options with { MockUser = new MockUserOptions { Mode = mode } });
}
