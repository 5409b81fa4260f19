using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AdminUserTests
{
    [Fact]
    public async Task A_blocked_user_is_out_with_the_next_request()
    {
        await using var gateway = await Gateway.StartAsync();
        (await gateway.GetAsync("/auth/me")).Code.Should().Be(0);

        await AdminAsync(gateway, "users/update", """{"userId":"owner","version":1,"status":2}""");

        (await gateway.GetAsync("/auth/me")).Code.Should().Be(13);
    }

    [Fact]
    public async Task A_new_password_ends_every_log_in_and_is_never_told()
    {
        await using var gateway = await Gateway.StartAsync();
        var login = await gateway.SendAsync(
            HttpMethod.Post, "/auth/login", json: new JsonObject { ["user"] = "owner", ["password"] = Gateway.Password }.ToJsonString());
        var refresh = new JsonObject { ["refreshToken"] = login.Data["refreshToken"]!.ToString() }.ToJsonString();

        var version = await VersionAsync(gateway, "owner");
        var changed = await AdminAsync(gateway, "users/update", $$"""{"userId":"owner","version":{{version}},"password":"another password"}""");

        changed.Code.Should().Be(0, changed.Body.ToJsonString());
        (await gateway.SendAsync(HttpMethod.Post, "/auth/refresh", json: refresh)).Status.Should().Be(401);
        var again = await gateway.SendAsync(HttpMethod.Post, "/auth/login", json: """{"user":"owner","password":"another password"}""");
        again.Code.Should().Be(0, again.Body.ToJsonString());
        var audit = await AdminAsync(gateway, "audit/list", "{}");
        (changed.Body.ToJsonString() + audit.Body.ToJsonString()).Should().NotContain("another password");
    }

    [Theory]
    [InlineData("update", """{"userId":"admin","version":1,"admin":false}""")]
    [InlineData("update", """{"userId":"admin","version":1,"status":0}""")]
    [InlineData("update", """{"userId":"admin","version":1,"validUntil":"2020-01-01T00:00:00Z"}""")]
    [InlineData("delete", """{"userId":"admin","version":1}""")]
    public async Task The_last_administrator_stays(string action, string body)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await AdminAsync(gateway, "users/" + action, body);

        (refused.Status, refused.Code).Should().Be((409, 22));
        (await gateway.GetAsync("/auth/me", "admin")).Code.Should().Be(0);
        await using var context = gateway.Database();
        (await context.Audit.AnyAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("users/delete", """{"userId":"owner","version":1}""", "users: 1 account(s) were opened for owner")]
    [InlineData("brokers/delete", """{"code":"paper","version":1}""", "brokers: paper is the broker of 2 account(s)")]
    public async Task What_others_need_is_not_deleted(string route, string body, string reason)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await AdminAsync(gateway, route, body);

        (refused.Status, refused.Code, (string)refused.Body["message"]!).Should().Be((409, 22, reason));
        await using var context = gateway.Database();
        (await context.Accounts.CountAsync()).Should().Be(2, "deleting a user or a broker would take its accounts with it");
    }

    [Fact]
    public async Task A_role_counts_from_the_next_request_and_ends_with_its_deletion()
    {
        await using var gateway = await Gateway.StartAsync();
        (await gateway.GetAsync("/clientmt/orders?accountId=two")).Code.Should().Be(14);

        await AdminAsync(gateway, "roles/create", """{"accountId":"two","userId":"owner","role":"viewer"}""");
        (await gateway.GetAsync("/clientmt/orders?accountId=two")).Code.Should().Be(0);
        await AdminAsync(gateway, "roles/delete", """{"accountId":"two","userId":"owner","version":1}""");

        (await gateway.GetAsync("/clientmt/orders?accountId=two")).Code.Should().Be(14);
    }

    [Theory]
    [InlineData("roles/list", """{"accountId":"one"}""")]
    [InlineData("roles/create", """{"accountId":"one","userId":"stranger","role":"admin"}""")]
    [InlineData("roles/update", """{"accountId":"one","userId":"viewer","version":1,"role":"admin"}""")]
    [InlineData("roles/delete", """{"accountId":"one","userId":"viewer","version":1}""")]
    public async Task Roles_of_an_account_are_for_its_administrators(string route, string body)
    {
        await using var gateway = await Gateway.StartAsync();
        foreach (var user in (string[])["viewer", "owner"])
        {
            var refused = await gateway.PostAsync("/clientmt/" + route, body, user);
            (refused.Status, refused.Code).Should().Be((403, 14), user);
        }

        await AdminAsync(gateway, "roles/update", """{"accountId":"one","userId":"owner","version":1,"role":"admin"}""");
        var token = await gateway.PersonalTokenAsync("owner", "trade");

        var foreign = await gateway.PostAsync("/clientmt/" + route, body.Replace("\"one\"", "\"two\"", StringComparison.Ordinal));
        (foreign.Status, foreign.Code).Should().Be((403, 14), "it is another's account");
        var script = await gateway.SendAsync(HttpMethod.Post, "/clientmt/" + route, token, body);
        (script.Status, script.Code).Should().Be((403, 14), "a script's token gives nobody rights");
        var done = await gateway.PostAsync("/clientmt/" + route, body);
        (done.Status, done.Code).Should().Be((200, 0), done.Body.ToJsonString());
    }

    [Fact]
    public async Task An_administrator_of_an_account_sees_and_changes_its_roles_alone_and_the_audit_knows()
    {
        await using var gateway = await Gateway.StartAsync();
        await AdminAsync(gateway, "roles/update", """{"accountId":"one","userId":"owner","version":1,"role":"admin"}""");

        await gateway.PostAsync("/clientmt/roles/create", """{"accountId":"one","userId":"stranger","role":"viewer"}""");

        var listed = await gateway.PostAsync("/clientmt/roles/list", """{"sort":"userId"}""");
        listed.Data["items"]!.AsArray().Select(item => $"{item!["userId"]} {item["role"]} {item["accountId"]}").Should()
            .Equal("owner admin one", "stranger viewer one", "viewer viewer one");
        (await gateway.GetAsync("/clientmt/orders?accountId=one", "stranger")).Code.Should().Be(0);
        await using var context = gateway.Database();
        var entry = await context.Audit.SingleAsync(row => row.What == "roles/create");
        (entry.Who, entry.Target).Should().Be(("owner", "stranger@one"));
    }

    private static async Task<long> VersionAsync(Gateway gateway, string userId) =>
        (long)(await AdminAsync(gateway, "users/get", $$"""{"userId":"{{userId}}"}""")).Data["version"]!;

    private static Task<Reply> AdminAsync(Gateway gateway, string route, string body) => gateway.PostAsync("/admin/" + route, body, "admin");
}
