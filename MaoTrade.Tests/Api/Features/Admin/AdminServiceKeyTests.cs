using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AdminServiceKeyTests
{
    [Fact]
    public async Task A_secret_is_told_once_when_it_is_made()
    {
        await using var gateway = await Gateway.StartAsync();

        var made = await AdminAsync(gateway, "create", """{"scope":"srv","descr":"import"}""");
        var keyId = (string)made.Data["keyId"]!;
        var secret = (string)made.Data["secret"]!;
        var rotated = await AdminAsync(gateway, "update", $$"""{"keyId":"{{keyId}}","version":1,"rotate":true}""");
        var next = (string)rotated.Data["secret"]!;

        secret.Should().HaveLength(43).And.NotBe(next);
        rotated.Data["previousUntil"].Should().NotBeNull("the old secret stays good for a while");
        string[] later =
        [
            (await AdminAsync(gateway, "get", $$"""{"keyId":"{{keyId}}"}""")).Body.ToJsonString(),
            (await AdminAsync(gateway, "list", "{}")).Body.ToJsonString(),
            (await gateway.PostAsync("/admin/audit/list", "{}", "admin")).Body.ToJsonString(),
            .. gateway.Log.All,
        ];
        later.Should().OnlyContain(text => !text.Contains(secret, StringComparison.Ordinal) && !text.Contains(next, StringComparison.Ordinal));
        (await AdminAsync(gateway, "delete", $$"""{"keyId":"{{keyId}}","version":2}""")).Code.Should().Be(0);
        (await AdminAsync(gateway, "get", $$"""{"keyId":"{{keyId}}"}""")).Code.Should().Be(20);
    }

    [Theory]
    [InlineData("everything", 422, 30)]
    [InlineData("engine:", 422, 30)]
    [InlineData("engine:nobodys", 404, 20)]
    public async Task A_key_opens_something_that_is_there(string scope, int status, int code)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await AdminAsync(gateway, "create", $$"""{"scope":"{{scope}}"}""");

        (refused.Status, refused.Code).Should().Be((status, code));
    }

    private static Task<Reply> AdminAsync(Gateway gateway, string action, string body) =>
        gateway.PostAsync("/admin/servicekeys/" + action, body, "admin");
}
