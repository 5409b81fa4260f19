using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class AdminTradingTests
{
    [Fact]
    public async Task A_decision_about_an_order_goes_with_the_deciders_name()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync(
            "/admin/orders/resolve",
            """{"accountId":"two","orderId":"o1","outcome":"filled","price":1.5,"qty":2,"reason":"seen"}""",
            "admin");

        reply.Status.Should().Be(200);
        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be(
            """{"srvId":14,"orderId":"o1","outcome":"filled","reason":"seen","by":"admin","qty":2,"price":1.5}""");
    }

    [Theory]
    [InlineData("/admin/orders/resolve", "{}", "accountId", "orderId", "outcome", "reason")]
    [InlineData("/admin/orders/resolve", """{"accountId":"one","orderId":"o","outcome":"lost","reason":"r"}""", "outcome")]
    [InlineData("/admin/orders/resolve", """{"accountId":"one","orderId":"o","outcome":"filled","reason":"r"}""", "price")]
    [InlineData("/admin/orders/resolve", """{"accountId":"one","orderId":"o","outcome":"absent","reason":"r","qty":1,"price":1}""", "qty", "price")]
    [InlineData("/admin/orders/resolve", """{"accountId":"one","orderId":"o","outcome":"filled","reason":"r","by":"me","price":1}""", "by")]
    [InlineData("/admin/killswitch", "{}", "reason")]
    [InlineData("/admin/killswitch", """{"reason":"r"}""", "accountId")]
    [InlineData("/admin/killswitch", """{"accountId":"one","all":true,"reason":"r"}""", "accountId")]
    public async Task Every_field_that_is_wrong_is_named_and_no_engine_is_asked(string path, string body, params string[] fields)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync(path, body, "admin");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((422, 30, 0));
        reply.Data["errors"]!.AsArray().Select(error => error!["field"]!.ToString()).Should().BeEquivalentTo(fields);
    }

    [Theory]
    [InlineData("/admin/orders/resolve", """{"accountId":"nobodys","orderId":"o","outcome":"absent","reason":"r"}""")]
    [InlineData("/admin/killswitch", """{"accountId":"nobodys","reason":"r"}""")]
    public async Task An_unknown_account_is_refused(string path, string body)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync(path, body, "admin");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((403, 14, 0));
    }

    [Fact]
    public async Task The_switch_for_all_reaches_every_engine_and_a_dead_or_silent_one_holds_up_nobodys()
    {
        await using var gateway = await Gateway.StartAsync();
        await using var silent = new FakeEngine();
        var gate = new TaskCompletionSource();
        silent.Answer = _ => new FakeReply { Code = 503, Message = "starting", Until = gate.Task };
        await using (var context = gateway.Database())
        {
            var template = context.Accounts.Single(account => account.AccountId == "two");
            foreach (var (accountId, port) in new[] { ("dead", 1), ("silent", silent.Port) })
            {
                context.Add(new MaoApi.Data.Entities.Account
                {
                    AccountId = accountId,
                    Description = accountId,
                    UserKey = template.UserKey,
                    BrokerKey = template.BrokerKey,
                    IsActive = true,
                    EngineHost = "127.0.0.1",
                    EnginePort = port,
                });
            }

            await context.SaveChangesAsync();
        }

        var throwing = gateway.PostAsync("/admin/killswitch", """{"all":true,"reason":"the market is broken"}""", "admin");
        await silent.NextRequestAsync();
        var first = await gateway.Engine.NextRequestAsync();
        var second = await gateway.Engine.NextRequestAsync();
        gate.SetResult();
        var reply = await throwing;

        first["data"]!.ToJsonString().Should().Be("""{"srvId":10,"blocked":true,"reason":"the market is broken"}""").And.Be(second["data"]!.ToJsonString());
        (reply.Status, reply.Code).Should().Be((200, 0));
        reply.Data["results"]!.AsArray().Select(result => ((string)result!["accountId"]!, (int)result["code"]!)).Should().Equal(
            ("dead", 40), ("one", 0), ("silent", 43), ("two", 0));
    }

    [Fact]
    public async Task The_switch_for_one_account_reaches_that_one_only()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/admin/killswitch", """{"accountId":"two","blocked":false,"reason":"over"}""", "admin");

        JsonNode.DeepEquals(reply.Data, JsonNode.Parse("""{"results":[{"accountId":"two","code":0,"message":""}]}""")).Should().BeTrue();
        ((await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString(), gateway.Engine.Received)
            .Should().Be(("""{"srvId":10,"blocked":false,"reason":"over"}""", 1));
    }

    [Theory]
    [InlineData("/admin/killswitch", """{"accountId":"one","reason":"losses"}""", "killswitch", "losses")]
    [InlineData("/admin/orders/resolve", """{"accountId":"one","orderId":"o","outcome":"absent","reason":"asked the desk"}""", "orders/resolve", "asked the desk")]
    public async Task What_an_administrator_tells_an_engine_stands_in_the_audit_before_it_leaves(string path, string body, string what, string reason)
    {
        await using var gateway = await Gateway.StartAsync();
        var recorded = new List<MaoApi.Data.Entities.AuditEntry>();
        gateway.Engine.Answer = _ =>
        {
            using var context = gateway.Database();
            recorded.AddRange(context.Audit.Where(entry => entry.What == what));
            return new FakeReply();
        };

        await gateway.PostAsync(path, body, "admin");

        var entry = recorded.Should().ContainSingle().Subject;
        (entry.Who, entry.Target).Should().Be(("admin", "one"));
        entry.After.Should().Contain(reason);
    }
}
