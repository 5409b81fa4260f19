using MaoApi.Idempotency;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Idempotency;

public sealed class IdempotencyTests
{
    private const string Open = "/clientmt/orders/open";
    private const string Order = """{"epic":"EURUSD","opType":1,"qty":1}""";
    private const string Signal = """{"op":"create","signal":{"epic":"EURUSD","system":"FUTM","timeFrame":60}}""";
    private const string Key = "key-0001";

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_reaches_no_engine()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done($$"""{"order":{"orderId":"o{{gateway.Engine.Received}}"},"duplicate":false}""");

        var first = await PostAsync(gateway, Open, Order);
        var again = await PostAsync(gateway, Open, Order);

        (first.Status, gateway.Engine.Received).Should().Be((200, 1));
        again.Status.Should().Be(200);
        again.Body.ToJsonString().Should().Be(first.Body.ToJsonString());
        first.Headers.Contains("Idempotency-Replayed").Should().BeFalse();
        again.Headers.GetValues("Idempotency-Replayed").Should().Equal("true");
    }

    [Fact]
    public async Task Another_body_or_route_with_the_same_key_is_409_27_and_another_user_is_another_caller()
    {
        await using var gateway = await Gateway.StartAsync();
        await PostAsync(gateway, Open, Order);

        var body = await PostAsync(gateway, Open, """{"epic":"EURUSD","opType":1,"qty":2}""");
        var route = await PostAsync(gateway, "/clientmt/orders/close", Order);
        var other = await PostAsync(gateway, Open, Order, user: "stranger");

        (body.Status, body.Code, route.Status, route.Code).Should().Be((409, 27, 409, 27));
        other.Status.Should().Be(200);
        gateway.Engine.Received.Should().Be(2);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("with space")]
    [InlineData("semi;colon;")]
    public async Task A_key_of_another_form_is_422_30(string key)
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await PostAsync(gateway, Open, Order, key);

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((422, 30, 0));
        reply.Data["errors"]![0]!["field"]!.ToString().Should().Be("Idempotency-Key");
    }

    [Fact]
    public async Task An_order_without_an_id_gets_the_one_its_key_leads_to()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(500, "broken");
        await PostAsync(gateway, Open, Order);
        await PostAsync(gateway, Open, Order);
        await PostAsync(gateway, Open, Order, "another-key");
        await PostAsync(gateway, Open, """{"epic":"EURUSD","opType":1,"qty":1,"clientOrderId":"mine"}""", "key-of-mine");

        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await gateway.Engine.NextRequestAsync())["data"]!["clientOrderId"]!.ToString());
        }

        ids[0].Should().Be(ids[1]).And.MatchRegex("^[A-Za-z0-9_-]{1,64}$");
        ids[2].Should().NotBe(ids[0]);
        ids[3].Should().Be("mine");
    }

    [Fact]
    public async Task A_second_request_while_the_first_runs_is_told_to_ask_again()
    {
        await using var gateway = await Gateway.StartAsync();
        var release = new TaskCompletionSource();
        gateway.Engine.Answer = _ => new FakeReply { Until = release.Task, Data = """{"order":{},"duplicate":false}""" };
        var first = PostAsync(gateway, Open, Order);
        await gateway.Engine.NextRequestAsync();

        var second = await PostAsync(gateway, Open, Order);
        release.SetResult();

        (second.Status, second.Code).Should().Be((409, 27));
        second.Headers.RetryAfter!.Delta.Should().BePositive();
        (await first).Status.Should().Be(200);
        (await PostAsync(gateway, Open, Order)).Status.Should().Be(200);
        gateway.Engine.Received.Should().Be(1);
    }

    [Theory]
    [InlineData("""{"epic":"EURUSD","opType":7,"qty":1}""")]
    [InlineData("""{"epic":""")]
    [InlineData("""{"accountId":"two","epic":"EURUSD","opType":1,"qty":1}""")]
    public async Task A_request_that_was_refused_before_anything_was_done_leaves_its_key_free(string refused)
    {
        await using var gateway = await Gateway.StartAsync();

        (await PostAsync(gateway, Open, refused)).Status.Should().BeOneOf(403, 422);
        (await PostAsync(gateway, Open, Order)).Status.Should().Be(200);
    }

    [Fact]
    public async Task The_refusal_of_a_risk_limit_is_an_answer_like_any_other()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(460, "too much");

        (await PostAsync(gateway, Open, Order)).Code.Should().Be(25);
        (await PostAsync(gateway, Open, Order)).Code.Should().Be(25);
        gateway.Engine.Received.Should().Be(1);
    }

    [Fact]
    public async Task An_order_whose_end_is_not_known_is_sent_again_as_the_same_order()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(500, "broken");
        (await PostAsync(gateway, Open, Order)).Code.Should().Be(44);
        gateway.Engine.Answer = _ => FakeReply.Done("""{"order":{},"duplicate":true}""");

        (await PostAsync(gateway, Open, Order)).Status.Should().Be(200);

        var first = await gateway.Engine.NextRequestAsync();
        var second = await gateway.Engine.NextRequestAsync();
        second["data"]!.ToJsonString().Should().Be(first["data"]!.ToJsonString());
    }

    [Fact]
    public async Task What_may_not_be_repeated_is_not_and_its_caller_is_told_to_look()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        gateway.Engine.Answer = request =>
            request["data"]!["srvId"]!.GetValue<int>() == 8 ? FakeReply.Done("{}") : FakeReply.Refused(500, "broken");
        (await PostAsync(gateway, "/clientmt/signal/crud", Signal)).Code.Should().Be(44);
        var sent = gateway.Engine.Received;

        var soon = await PostAsync(gateway, "/clientmt/signal/crud", Signal);
        clock.Skip(TimeSpan.FromMinutes(5));
        var later = await PostAsync(gateway, "/clientmt/signal/crud", Signal);

        (soon.Status, soon.Code, later.Status, later.Code).Should().Be((409, 27, 409, 27));
        soon.Headers.RetryAfter.Should().NotBeNull();
        later.Headers.RetryAfter.Should().BeNull();
        gateway.Engine.Received.Should().Be(sent);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_kept_is_given_all_the_same()
    {
        MemoryIdempotencyStore? store = null;
        await using var gateway = await Gateway.StartAsync(replace: services =>
            services.AddSingleton<IIdempotencyStore>(provider =>
                store = new MemoryIdempotencyStore(provider.GetRequiredService<TimeProvider>()) { FaultOfComplete = new IOException("disk full") }));

        (await PostAsync(gateway, Open, Order)).Status.Should().Be(200);

        store!.Records.Values.Should().ContainSingle().Which.Answer.Should().BeNull();
        gateway.Log.All.Should().Contain(line => line.Contains("disk full", StringComparison.Ordinal));
        (await PostAsync(gateway, Open, Order)).Status.Should().Be(200, "the engine knows the order");
    }

    private static Task<Reply> PostAsync(Gateway gateway, string path, string body, string key = Key, string user = "owner") =>
        gateway.SendAsync(HttpMethod.Post, path, gateway.TokenOf(user), body, request => request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
}
