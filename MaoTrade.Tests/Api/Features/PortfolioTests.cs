using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class PortfolioTests
{
    [Fact]
    public async Task The_engines_bytes_go_through_as_they_are()
    {
        await using var gateway = await Gateway.StartAsync();
        const string bytes = """{"accountId":"one", "odd" : 1.50, "text":"\u00e8 è"}""";
        gateway.Engine.Answer = _ => FakeReply.Done(bytes);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/clientmt/portfolio");
        request.Headers.Authorization = new("Bearer", gateway.TokenOf("owner"));
        using var response = await gateway.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be(
            $$$"""{"code":0,"message":"","data":{"accounts":[{"accountId":"one","code":0,"message":"","portfolio":{{{bytes}}}}]}}""");
        response.Content.Headers.ContentLength.Should().BePositive();
        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be("""{"srvId":3}""");
    }

    [Fact]
    public async Task Of_several_accounts_the_one_that_fails_does_not_hide_the_other()
    {
        await using var gateway = await Gateway.StartAsync();
        await GiveOwnerAccountTwoAsync(gateway);
        var first = 0;
        gateway.Engine.Answer = _ => Interlocked.Increment(ref first) == 1 ? FakeReply.Done("""{"positions":[]}""") : FakeReply.Refused(503, "not \"ready\"");

        var reply = await gateway.GetAsync("/clientmt/portfolio");

        (reply.Status, reply.Code).Should().Be((200, 0));
        var accounts = reply.Data["accounts"]!.AsArray();
        accounts.Select(account => account!["accountId"]!.ToString()).Should().Equal("one", "two");
        accounts.Should().ContainSingle(account => (int)account!["code"]! == 0 && account["portfolio"] != null);
        accounts.Should().ContainSingle(account =>
            (int)account!["code"]! == 43 && account["message"]!.ToString() == "not \"ready\"" && account["portfolio"] == null);
    }

    [Fact]
    public async Task With_an_accountId_its_failure_is_the_answer()
    {
        await using var gateway = await Gateway.StartAsync();
        await GiveOwnerAccountTwoAsync(gateway);
        gateway.Engine.Answer = _ => FakeReply.Refused(503, "starting");

        var reply = await gateway.GetAsync("/clientmt/portfolio?accountId=two");

        (reply.Status, reply.Code, reply.Data["engine"]!["code"]!.GetValue<int>()).Should().Be((503, 43, 503));
    }

    [Fact]
    public async Task Readers_who_come_while_the_engine_is_asked_share_the_next_question()
    {
        await using var gateway = await Gateway.StartAsync();
        var gate = new TaskCompletionSource();
        var asked = 0;
        gateway.Engine.Answer = _ =>
        {
            var number = Interlocked.Increment(ref asked);
            return new FakeReply { Data = $$"""{"version":{{number}}}""", Until = number == 1 ? gate.Task : null };
        };
        var first = gateway.GetAsync("/clientmt/portfolio");
        await gateway.Engine.NextRequestAsync();

        var later = Enumerable.Range(0, 20).Select(_ => gateway.GetAsync("/clientmt/portfolio")).ToList();
        await Deadlines.Until(() => gateway.HandlersRun == 21, "the readers did not arrive");
        gate.SetResult();

        Version(await first).Should().Be(1);
        (await Task.WhenAll(later)).Select(Version).Should().OnlyContain(version => version >= 2, "no answer is older than its question");
        asked.Should().BeLessThan(21);
    }

    [Fact]
    public async Task A_user_with_several_accounts_must_name_one_for_orders()
    {
        await using var gateway = await Gateway.StartAsync();
        await GiveOwnerAccountTwoAsync(gateway);

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code, reply.Data["errors"]![0]!["field"]!.ToString()).Should().Be((422, 30, "accountId"));
    }

    private static int Version(Reply reply) => (int)reply.Data["accounts"]![0]!["portfolio"]!["version"]!;

    private static async Task GiveOwnerAccountTwoAsync(Gateway gateway)
    {
        await using var context = gateway.Database();
        context.Add(new AccountRole
        {
            AccountKey = context.Accounts.Single(account => account.AccountId == "two").Id,
            UserKey = context.Users.Single(user => user.UserId == "owner").Id,
            Role = AccountRoles.Owner,
        });
        await context.SaveChangesAsync();
    }
}
