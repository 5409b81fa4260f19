using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features;

public sealed class TradingRoutesTests
{
    [Theory]
    [InlineData(
        "/clientmt/orders/modify", """{"clientOrderId":"m1","epic":"EURUSD","stopPrice":1.25,"limitPrice":null}""",
        2, """{"srvId":12,"clientOrderId":"m1","epic":"EURUSD","stopPrice":1.25,"limitPrice":null}""")]
    [InlineData(
        "/clientmt/orders/modify", """{"clientOrderId":"m1","orderId":"o1","limitPrice":2}""",
        2, """{"srvId":12,"clientOrderId":"m1","orderId":"o1","limitPrice":2}""")]
    [InlineData("/clientmt/orders/cancel", """{"orderId":"o1"}""", 2, """{"srvId":13,"orderId":"o1"}""")]
    [InlineData("/clientmt/killswitch", """{"reason":"enough"}""", 2, """{"srvId":10,"blocked":true,"reason":"enough"}""")]
    [InlineData("/clientmt/killswitch", """{"blocked":false,"reason":"over"}""", 2, """{"srvId":10,"blocked":false,"reason":"over"}""")]
    [InlineData("/clientmt/systems/block", """{"signalId":"s1","blocked":false}""", 2, """{"srvId":9,"signalId":"s1","blocked":false}""")]
    [InlineData(
        "/clientmt/account/update", """{"version":3,"tradingEnabled":false,"dailyCleanTime":"23:30"}""",
        2, """{"srvId":5,"version":3,"tradingEnabled":false,"dailyCleanTime":"23:30"}""")]
    [InlineData(
        "/clientmt/account/update",
        """{"version":3,"risk":{"enabled":true,"maxQty":10.5,"maxQtyPerEpic":{"EURUSD":5},"maxOpenPositions":null,"tradingFrom":"08:00","tradingTo":"22:00"}}""",
        2,
        """{"srvId":5,"version":3,"risk":{"enabled":true,"maxQty":10.5,"maxQtyPerEpic":{"EURUSD":5},"tradingFrom":"08:00","tradingTo":"22:00"}}""")]
    [InlineData(
        "/clientmt/backtest/start",
        """{"system":"MacdCrossover","epic":"EURUSD","timeFrame":60,"from":"2026-01-01","to":"2026-02-01T00:00:00Z","params":{"fast_period":5},"rules":{"fill":"close","seed":7},"resumeAtFrame":9}""",
        4,
        """{"op":"start","system":"MacdCrossover","epic":"EURUSD","timeFrame":60,"from":"2026-01-01","to":"2026-02-01T00:00:00Z","params":{"fast_period":5},"rules":{"fill":"close","seed":7},"resumeAtFrame":9}""")]
    [InlineData("/clientmt/backtest/j1/cancel", "{}", 4, """{"op":"cancel","jobId":"j1"}""")]
    public async Task A_command_goes_to_the_engine_by_its_own_number(string path, string body, int service, string data)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"of":"the engine"}""");

        var reply = await gateway.PostAsync(path, body);

        var request = await gateway.Engine.NextRequestAsync();
        request["service"]!.GetValue<int>().Should().Be(service);
        JsonNode.DeepEquals(request["data"], JsonNode.Parse(data)).Should().BeTrue("it was {0}", request["data"]!.ToJsonString());
        (reply.Status, reply.Code, reply.Data.ToJsonString())
            .Should().Be((path.EndsWith("start", StringComparison.Ordinal) ? 202 : 200, 0, """{"of":"the engine"}"""));
    }

    [Theory]
    [InlineData("/clientmt/systems", 3, """{"op":"list"}""")]
    [InlineData("/clientmt/systems/s1/state", 3, """{"op":"state","signalId":"s1"}""")]
    [InlineData("/clientmt/systems/s1/chart?accountId=one", 3, """{"op":"chart","signalId":"s1"}""")]
    [InlineData("/clientmt/systems/s1/log?cursor=17&limit=5", 3, """{"op":"log","signalId":"s1","cursor":"17","limit":5}""")]
    [InlineData("/clientmt/performance?period=90d&system=Swing&signalId=s1", 2, """{"srvId":15,"period":"90d","system":"Swing","signalId":"s1"}""")]
    [InlineData("/clientmt/backtest/j1", 4, """{"op":"status","jobId":"j1"}""")]
    [InlineData("/clientmt/backtest/j1/result", 4, """{"op":"result","jobId":"j1"}""")]
    public async Task A_read_goes_to_the_engine_and_its_data_comes_back_unchanged(string path, int service, string data)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"of":"the engine"}""");

        var reply = await gateway.GetAsync(path, "viewer");

        var request = await gateway.Engine.NextRequestAsync();
        (request["service"]!.GetValue<int>(), request["data"]!.ToJsonString()).Should().Be((service, data));
        (reply.Status, reply.Code, reply.Data.ToJsonString()).Should().Be((200, 0, """{"of":"the engine"}"""));
    }

    [Theory]
    [InlineData("/clientmt/orders/modify", "{}", "epic", "stopPrice")]
    [InlineData("/clientmt/orders/modify", """{"epic":"E","orderId":"o","stopPrice":-1,"limitPrice":"x"}""", "epic", "stopPrice", "limitPrice")]
    [InlineData("/clientmt/orders/cancel", "{}", "orderId")]
    [InlineData("/clientmt/killswitch", "{}", "reason")]
    [InlineData("/clientmt/systems/block", "{}", "signalId", "blocked")]
    [InlineData("/clientmt/account/update", """{"dailyCleanTime":"24:00"}""", "version", "dailyCleanTime")]
    [InlineData(
        "/clientmt/account/update", """{"version":1,"risk":{"maxQty":-1,"maxDrawdownPercent":101,"tradingFrom":"8"}}""",
        "risk.enabled", "risk.maxQty", "risk.maxDrawdownPercent", "risk.tradingFrom")]
    [InlineData(
        "/clientmt/account/update", """{"version":1,"risk":{"enabled":true,"maxQtyPerEpic":{"EURUSD":-1},"tradingFrom":"08:00"}}""",
        "risk.maxQtyPerEpic", "risk.tradingTo")]
    [InlineData("/clientmt/backtest/start", """{"timeFrame":0,"rules":{"fill":"never"}}""", "system", "timeFrame", "rules.fill")]
    [InlineData("/clientmt/backtest/start", """{"system":"S","from":"2026-13-01","to":"soon","params":[]}""", "epic", "from", "to", "params")]
    [InlineData("/clientmt/backtest/start", """{"system":"S","epic":"E","from":"2026-02-01","to":"2026-01-01"}""", "to")]
    public async Task Every_field_that_is_wrong_is_named_at_once_and_no_engine_is_asked(string path, string body, params string[] fields)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync(path, body);

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((422, 30, 0));
        reply.Data["errors"]!.AsArray().Select(error => error!["field"]!.ToString()).Should().BeEquivalentTo(fields);
    }

    [Theory]
    [InlineData("/clientmt/performance?period=2d", "period")]
    [InlineData("/clientmt/performance", "period")]
    [InlineData("/clientmt/systems/s1/log?limit=201", "limit")]
    public async Task A_query_that_is_wrong_is_named(string path, string field)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.GetAsync(path);

        (reply.Status, reply.Code, reply.Data["errors"]![0]!["field"]!.ToString(), gateway.Engine.Received).Should().Be((422, 30, field, 0));
    }

    [Fact]
    public async Task A_ticker_has_no_market_data_yet()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/clientmt/backtest/start", """{"system":"S","tickerId":7}""");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((404, 20, 0));
    }

    [Fact]
    public async Task A_cancelling_whose_answer_is_lost_is_not_sent_again()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Close;

        var reply = await gateway.PostAsync("/clientmt/orders/cancel", """{"orderId":"o1"}""");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((502, 42, 1));
    }

    [Fact]
    public async Task A_kill_switch_whose_answer_is_lost_is_thrown_again()
    {
        await using var gateway = await Gateway.StartAsync();
        var calls = 0;
        gateway.Engine.Answer = _ => Interlocked.Increment(ref calls) == 1 ? FakeReply.Close : FakeReply.Done("""{"blocked":true,"version":4}""");

        var reply = await gateway.PostAsync("/clientmt/killswitch", """{"reason":"enough"}""");

        (reply.Status, reply.Data.ToJsonString()).Should().Be((200, """{"blocked":true,"version":4}"""));
    }

    [Fact]
    public async Task A_change_of_levels_without_an_id_gets_one_so_that_its_retry_is_the_same_order()
    {
        await using var gateway = await Gateway.StartAsync();
        var calls = 0;
        gateway.Engine.Answer = _ => Interlocked.Increment(ref calls) == 1 ? FakeReply.Close : FakeReply.Done("{}");

        (await gateway.PostAsync("/clientmt/orders/modify", """{"epic":"EURUSD","stopPrice":1}""")).Status.Should().Be(200);

        var first = (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString();
        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be(first);
        first.Should().MatchRegex("\"clientOrderId\":\"[A-Za-z0-9_-]{1,64}\"");
    }

    [Fact]
    public async Task A_stale_version_of_the_configuration_is_a_conflict()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(409, "version: 4, not 3");

        var reply = await gateway.PostAsync("/clientmt/account/update", """{"version":3}""");

        (reply.Status, reply.Code, reply.Data["engine"]!["message"]!.ToString()).Should().Be((409, 22, "version: 4, not 3"));
    }

    [Fact]
    public async Task A_long_report_is_passed_on_as_it_comes_inside_the_envelope()
    {
        await using var gateway = await Gateway.StartAsync();
        var report = "{\"text\":\"" + new string('x', 3_000_000) + "\"}";
        gateway.Engine.Answer = _ => FakeReply.Zip(System.Text.Encoding.UTF8.GetBytes(report), report.Length, "abc");

        var reply = await gateway.GetAsync("/clientmt/backtest/j1/result");

        (reply.Status, reply.Code).Should().Be((200, 0));
        reply.Data.ToJsonString().Should().Be(report);
    }

    [Fact]
    public async Task A_report_that_ends_early_never_looks_complete()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Zip("{}"u8.ToArray(), 3, "abc");

        var reading = () => gateway.GetAsync("/clientmt/backtest/j1/result");

        await reading.Should().ThrowAsync<HttpRequestException>();
    }
}
