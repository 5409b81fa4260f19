using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class CommandTests
{
    private const string Signal = """{"epic":"EURUSD","system":"MacdCrossover","timeFrame":60,"params":{"fast_period":10}}""";

    [Fact]
    public async Task An_order_without_an_id_gets_one_so_that_its_retry_is_the_same_order()
    {
        await using var gateway = await Gateway.StartAsync();
        var calls = 0;
        gateway.Engine.Answer = _ => Interlocked.Increment(ref calls) == 1 ? FakeReply.Close : FakeReply.Done("""{"order":{},"duplicate":false}""");

        var reply = await gateway.PostAsync("/clientmt/orders/open", """{"epic":"EURUSD","opType":1,"qty":1.5}""");

        reply.Status.Should().Be(200);
        var first = await gateway.Engine.NextRequestAsync();
        var second = await gateway.Engine.NextRequestAsync();
        first["data"]!["clientOrderId"]!.ToString().Should().MatchRegex("^[A-Za-z0-9_-]{1,64}$");
        second["data"]!.ToJsonString().Should().Be(first["data"]!.ToJsonString());
        first["data"]!["srvId"]!.GetValue<int>().Should().Be(1);
        first["data"]!["qty"]!.GetValue<decimal>().Should().Be(1.5m);
        first["data"]!["price"].Should().BeNull();
    }

    [Fact]
    public async Task An_order_is_closed_by_service_2_with_the_callers_id()
    {
        await using var gateway = await Gateway.StartAsync();

        await gateway.PostAsync("/clientmt/orders/close", """{"accountId":"one","clientOrderId":"mine-1","epic":"EURUSD"}""");

        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString()
            .Should().Be("""{"srvId":2,"clientOrderId":"mine-1","epic":"EURUSD"}""");
    }

    [Theory]
    [InlineData("create", "", 8, 6)]
    [InlineData("update", ",\"signalId\":\"s1\",\"version\":3", 8, 6)]
    public async Task A_signal_is_validated_before_it_is_stored(string op, string more, params int[] expected)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"signal":{"signalId":"s1"}}""");

        var reply = await gateway.PostAsync(
            "/clientmt/signal/crud", "{\"op\":\"" + op + "\",\"signal\":" + Signal[..^1] + more + "}}");

        reply.Data.ToJsonString().Should().Be("""{"signal":{"signalId":"s1"}}""");
        foreach (var number in expected)
        {
            var data = (await gateway.Engine.NextRequestAsync())["data"]!;
            data["srvId"]!.GetValue<int>().Should().Be(number);
            data["signal"]!["params"]!.ToJsonString().Should().Be("""{"fast_period":10}""");
        }
    }

    [Theory]
    [InlineData("""{"op":"read"}""", """{"srvId":4}""")]
    [InlineData("""{"op":"delete","signal":{"signalId":"s1","version":2}}""", """{"srvId":7,"signalId":"s1","version":2}""")]
    public async Task Signals_are_read_and_deleted_by_their_own_numbers(string body, string data)
    {
        await using var gateway = await Gateway.StartAsync();

        (await gateway.PostAsync("/clientmt/signal/crud", body)).Status.Should().Be(200);

        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be(data);
    }

    [Fact]
    public async Task A_signal_its_system_refuses_is_not_stored()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(454, "refused", """{"valid":false,"errors":[{"field":"params.qty","code":"range","message":"m"}]}""");

        var reply = await gateway.PostAsync("/clientmt/signal/crud", $$"""{"op":"create","signal":{{Signal}}}""");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((422, 24, 1));
        reply.Data["errors"]![0]!["field"]!.ToString().Should().Be("params.qty");
    }

    [Fact]
    public async Task The_verdict_on_a_signal_is_the_answer_also_where_it_is_no()
    {
        await using var gateway = await Gateway.StartAsync();
        const string verdict = """{"valid":false,"errors":[{"field":"params.fast_period","code":"range","message":"m"}],"warnings":[]}""";
        gateway.Engine.Answer = _ => FakeReply.Refused(454, "refused", verdict);

        var reply = await gateway.PostAsync("/clientmt/signal/validate", $$"""{"signal":{{Signal}}}""");

        (reply.Status, reply.Code, reply.Data.ToJsonString()).Should().Be((422, 24, verdict));
    }

    [Fact]
    public async Task What_a_signal_lacks_is_named()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/clientmt/signal/crud", """{"op":"update","signal":{}}""");

        reply.Data["errors"]!.AsArray().Select(error => error!["field"]!.ToString())
            .Should().BeEquivalentTo("signal.epic", "signal.system", "signal.timeFrame", "signal.signalId");
    }

    [Fact]
    public async Task Administrators_list_accounts_page_by_page()
    {
        await using var gateway = await Gateway.StartAsync();

        var first = await gateway.PostAsync("/admin/accounts/list", """{"limit":1}""", "admin");
        var second = await gateway.PostAsync("/admin/accounts/list", $$"""{"limit":1,"cursor":"{{first.Data["cursor"]}}"}""", "admin");

        first.Data["items"]![0]!["accountId"]!.ToString().Should().Be("one");
        second.Data["items"]![0]!["accountId"]!.ToString().Should().Be("two");
        second.Data["cursor"].Should().BeNull();
    }
}
