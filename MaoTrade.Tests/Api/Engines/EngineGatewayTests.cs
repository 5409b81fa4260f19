using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Engines;

public sealed class EngineGatewayTests
{
    [Theory]
    [InlineData(400, 422, 30)]
    [InlineData(404, 404, 20)]
    [InlineData(409, 409, 22)]
    [InlineData(413, 413, 33)]
    [InlineData(429, 429, 43)]
    [InlineData(453, 422, 23)]
    [InlineData(454, 422, 24)]
    [InlineData(460, 422, 25)]
    [InlineData(500, 502, 44)]
    [InlineData(503, 503, 43)]
    [InlineData(504, 504, 41)]
    public async Task An_engines_refusal_keeps_its_own_words(int engine, int status, int code)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(
            engine, "no", """{"errors":[{"field":"params.qty","code":"range","message":"too much"}]}""");

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code, reply.Body["message"]!.ToString()).Should().Be((status, code, "no"));
        reply.Data.ToJsonString().Should().Be(
            $$$"""{"engine":{"code":{{{engine}}},"message":"no"},"errors":[{"field":"params.qty","code":"range","message":"too much"}]}""");
        reply.Headers.Contains("Retry-After").Should().Be(status is 429 or 503);
    }

    [Fact]
    public async Task A_dead_engine_is_502_40()
    {
        await using var gateway = await Gateway.StartAsync();
        await gateway.Engine.DisposeAsync();

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code).Should().Be((502, 40));
    }

    [Fact]
    public async Task An_engine_that_hangs_up_is_502_42_and_a_read_was_tried_again()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Close;

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code).Should().Be((502, 42));
        gateway.Engine.Received.Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task What_may_have_been_done_is_never_sent_twice()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = request => request["data"]!["srvId"]!.GetValue<int>() == 8 ? FakeReply.Done("{}") : FakeReply.Close;

        var reply = await gateway.PostAsync(
            "/clientmt/signal/crud", """{"op":"create","signal":{"epic":"EURUSD","system":"FUTM","timeFrame":60}}""");

        (reply.Status, reply.Code).Should().Be((502, 42));
        gateway.Engine.Received.Should().Be(2);
    }

    [Fact]
    public async Task Garbage_is_502_42()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => new FakeReply { Raw = "HTTP/1.1 400 Bad Request\r\n\u0004"u8.ToArray() };

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code).Should().Be((502, 42));
    }

    [Fact]
    public async Task Silence_is_504_41_when_the_time_is_over()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        gateway.Engine.Answer = _ => FakeReply.Silence;

        var call = gateway.GetAsync("/clientmt/orders");
        await gateway.Engine.NextRequestAsync();
        await Deadlines.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return call.IsCompleted;
            },
            "the call did not end with its time");

        var reply = await call;
        (reply.Status, reply.Code).Should().Be((504, 41));
    }

    [Fact]
    public async Task Five_outages_open_the_circuit_and_two_answers_close_it()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        gateway.Engine.Answer = _ => FakeReply.Refused(500, "broken");
        for (var i = 0; i < 5; i++)
        {
            (await gateway.GetAsync("/clientmt/orders")).Code.Should().Be(44);
        }

        var open = await gateway.GetAsync("/clientmt/orders");
        (open.Status, open.Code, gateway.Engine.Received).Should().Be((503, 45, 5));
        open.Headers.RetryAfter!.Delta.Should().BePositive();
        (await gateway.GetAsync("/clientmt/orders?accountId=two", "stranger")).Code.Should().Be(44, "another account has its own circuit");

        gateway.Engine.Answer = _ => FakeReply.Done("{}");
        clock.Advance(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 3; i++)
        {
            (await gateway.GetAsync("/clientmt/orders")).Status.Should().Be(200);
        }
    }

    [Fact]
    public async Task Refusals_of_the_business_never_open_the_circuit()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(460, "too much risk");
        for (var i = 0; i < 8; i++)
        {
            (await gateway.GetAsync("/clientmt/orders")).Code.Should().Be(25);
        }
    }

    [Fact]
    public async Task The_engine_of_a_stopped_pod_is_503_46_and_is_not_asked()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var context = gateway.Database())
        {
            var account = context.Accounts.Single(row => row.AccountId == "one");
            context.Add(new MaoApi.Data.Entities.Pod { Account = account, Name = "mt-one", WantedState = "stopped", State = "stopped" });
            await context.SaveChangesAsync();
        }

        var reply = await gateway.GetAsync("/clientmt/orders");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((503, 46, 0));
    }
}
