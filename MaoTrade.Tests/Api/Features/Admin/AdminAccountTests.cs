using MaoApi.Data.Entities;
using MaoApi.Secrets;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AdminAccountTests
{
    private const string Create =
        """{"accountId":"three","descr":"Three","userId":"stranger","brokerCode":"paper","accountData":{"key":"k-visible","secret":"s-visible"}}""";

    [Fact]
    public async Task Account_data_is_stored_encrypted_for_its_account_and_never_shown()
    {
        await using var gateway = await Gateway.StartAsync();

        var created = await AdminAsync(gateway, "accounts/create", Create);
        var changed = await AdminAsync(gateway, "accounts/update", """{"accountId":"three","version":1,"accountData":{"key":"other-visible"}}""");
        var audit = await AdminAsync(gateway, "audit/list", "{}");

        ((bool)created.Data["hasAccountData"]!).Should().BeTrue();
        await using var context = gateway.Database();
        var stored = (await context.Accounts.SingleAsync(row => row.AccountId == "three")).AccountData!;
        gateway.App.Services.GetRequiredService<AccountSecrets>().Reveal("three", stored).Should().Be("""{"key":"other-visible"}""");
        string[] told = [stored, created.Body.ToJsonString(), changed.Body.ToJsonString(), audit.Body.ToJsonString(), .. gateway.Log.All];
        told.Should().OnlyContain(text => !text.Contains("visible", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_account_has_an_owner_and_a_pod_that_stands_still_until_it_is_started()
    {
        await using var gateway = await Gateway.StartAsync();

        await AdminAsync(gateway, "accounts/create", Create);

        var accounts = await gateway.GetAsync("/clientmt/accounts", "stranger");
        accounts.Data["items"]!.AsArray().Select(item => $"{item!["accountId"]} {item["role"]}").Should().Equal("three owner", "two owner");
        await using (var context = gateway.Database())
        {
            var pod = await context.Pods.SingleAsync(row => row.Account!.AccountId == "three");
            (pod.WantedState, pod.State, pod.Name).Should().Be((PodStates.Stopped, PodStates.Stopped, "mt-three"));
        }

        (await AdminAsync(gateway, "pods/start", """{"accountId":"three"}""")).Status.Should().Be(202);
        var running = await AdminAsync(gateway, "accounts/delete", """{"accountId":"three","version":1}""");
        (running.Status, running.Code, (string)running.Body["message"]!)
            .Should().Be((409, 22, "accounts: the engine of three runs; stop its pod first"));
    }

    [Fact]
    public async Task A_deleted_account_leaves_no_role_no_pod_no_key_and_no_way_in()
    {
        await using var gateway = await Gateway.StartAsync();
        await AdminAsync(gateway, "accounts/create", Create);
        await AdminAsync(gateway, "servicekeys/create", """{"scope":"engine:three"}""");
        await gateway.GetAsync("/clientmt/orders?accountId=three", "stranger");

        var deleted = await AdminAsync(gateway, "accounts/delete", """{"accountId":"three","version":1}""");

        deleted.Code.Should().Be(0, deleted.Body.ToJsonString());
        var after = await gateway.GetAsync("/clientmt/orders?accountId=three", "stranger");
        (after.Status, after.Code).Should().Be((403, 14), "the user's roles are forgotten at once");
        await using var context = gateway.Database();
        (await context.AccountRoles.AnyAsync(row => row.Account!.AccountId == "three")).Should().BeFalse();
        (await context.Pods.AnyAsync()).Should().BeFalse();
        (await context.ServiceKeys.AnyAsync(row => row.Scope == "engine:three")).Should().BeFalse();
    }

    [Fact]
    public async Task An_account_that_is_no_longer_active_is_closed_to_its_users_at_once()
    {
        await using var gateway = await Gateway.StartAsync();
        (await gateway.GetAsync("/clientmt/orders?accountId=one")).Code.Should().Be(0);

        await AdminAsync(gateway, "accounts/update", """{"accountId":"one","version":1,"active":false}""");

        (await gateway.GetAsync("/clientmt/orders?accountId=one")).Code.Should().Be(14);
    }

    [Theory]
    [InlineData("""{"accountId":"three","descr":"x","userId":"nobody","brokerCode":"paper"}""", 404, 20, "users: there is no nobody")]
    [InlineData("""{"accountId":"three","descr":"x","userId":"owner","brokerCode":"none"}""", 404, 20, "brokers: there is no none")]
    [InlineData("""{"accountId":"Three","descr":"x","userId":"owner","brokerCode":"paper"}""", 422, 30, null)]
    [InlineData("""{"accountId":"../up","descr":"x","userId":"owner","brokerCode":"paper"}""", 422, 30, null)]
    [InlineData("""{"accountId":"three","descr":"x","userId":"owner","brokerCode":"paper","accountData":"text"}""", 422, 30, "accountData must be an object")]
    [InlineData("""{"accountId":"three","userId":"owner","brokerCode":"paper"}""", 422, 30, "The Descr field is required.")]
    public async Task An_account_that_cannot_be_is_not_half_made(string body, int status, int code, string? message)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await AdminAsync(gateway, "accounts/create", body);

        (refused.Status, refused.Code).Should().Be((status, code), refused.Body.ToJsonString());
        if (message is not null)
        {
            refused.Body["message"]!.ToString().Should().Be(message);
        }

        await using var context = gateway.Database();
        (await context.Accounts.CountAsync()).Should().Be(2);
        (await context.Audit.AnyAsync()).Should().BeFalse();
    }

    private static Task<Reply> AdminAsync(Gateway gateway, string route, string body) => gateway.PostAsync("/admin/" + route, body, "admin");
}
