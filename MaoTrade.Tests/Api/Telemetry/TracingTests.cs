using MaoApi.Telemetry;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Telemetry;

public sealed class TracingTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    [Fact]
    public async Task A_request_is_traced_from_its_caller_to_the_engine_and_sent_to_the_collector()
    {
        await using var collector = await Collector.StartAsync();
        await using (var gateway = await Gateway.StartAsync(
            configure: options => options with { Telemetry = new TelemetryOptions { Endpoint = collector.Address } }))
        {
            var reply = await gateway.SendAsync(
                HttpMethod.Get, "/clientmt/orders", gateway.TokenOf("owner"), more: request => request.Headers.Add("traceparent", $"00-{Trace}-{Caller}-01"));

            reply.Status.Should().Be(200);
            reply.Headers.GetValues("X-Request-Id").Should().Equal(Trace);
            (await gateway.Engine.NextRequestAsync())["rid"]!.ToString().Should().Be(Trace);
            await gateway.App.StopAsync();
        }

        var spans = collector.Spans.Where(span => span.TraceId == Trace).ToList();
        var request = spans.Should().ContainSingle(span => span.ParentId == Caller).Subject;
        request.Name.Should().Be("GET /clientmt/orders");
        spans.Where(span => span.ParentId == request.SpanId).Select(span => span.Name)
            .Should().Contain("rate limit").And.Contain("database command").And.Contain("engine call");
        collector.Metrics.Should().Contain(["mao_api_requests_total", "mao_engine_call_seconds", "mao_db_query_seconds"]);
    }

    [Fact]
    public async Task A_request_without_a_trace_begins_one_that_is_its_id()
    {
        await using var collector = await Collector.StartAsync();
        string id;
        await using (var gateway = await Gateway.StartAsync(
            configure: options => options with { Telemetry = new TelemetryOptions { Endpoint = collector.Address } }))
        {
            id = (await gateway.GetAsync("/clientmt/portfolio")).Headers.GetValues("X-Request-Id").Single();
            await gateway.App.StopAsync();
        }

        var spans = collector.Spans.Where(span => span.TraceId == id).ToList();
        var request = spans.Should().ContainSingle(span => span.ParentId.Length == 0).Subject;
        spans.Should().Contain(span => span.Name == "engine call" && span.ParentId == request.SpanId);
    }

    [Fact]
    public async Task A_share_of_nothing_sends_no_trace_but_that_of_a_caller_who_asks_for_it()
    {
        await using var collector = await Collector.StartAsync();
        await using (var gateway = await Gateway.StartAsync(
            configure: options => options with { Telemetry = new TelemetryOptions { Endpoint = collector.Address, SampledShare = 0 } }))
        {
            await gateway.GetAsync("/clientmt/accounts");
            await gateway.SendAsync(
                HttpMethod.Get, "/auth/me", gateway.TokenOf("owner"), more: request => request.Headers.Add("traceparent", $"00-{Trace}-{Caller}-01"));
            await gateway.App.StopAsync();
        }

        collector.Spans.Should().NotBeEmpty().And.OnlyContain(span => span.TraceId == Trace);
    }

    [Fact]
    public async Task A_collector_that_is_away_delays_nobody()
    {
        await using var gateway = await Gateway.StartAsync(
            configure: options => options with { Telemetry = new TelemetryOptions { Endpoint = new Uri("http://127.0.0.1:9") } });

        (await gateway.GetAsync("/clientmt/portfolio")).Status.Should().Be(200);
    }
}
