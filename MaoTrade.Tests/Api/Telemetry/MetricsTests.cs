using System.Globalization;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Telemetry;
using MaoTrade.Protocol.Metrics;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Telemetry;

public sealed class MetricsTests
{
    /// <summary>The names the gateway promises, whoever makes them.</summary>
    private static readonly string[] Promised =
    [
        "mao_api_requests_total", "mao_api_response_seconds", "mao_api_in_flight", "mao_active_users", "mao_errors_total",
        "mao_rate_limit_hits_total", "mao_rate_limit_wait_seconds", "mao_rate_limit_tokens_total", "mao_rate_limit_factor",
        "mao_engine_call_seconds", "mao_circuit_state", "mao_db_pool_in_use", "mao_db_query_seconds", "mao_db_deadlocks_total",
        "mao_logs_dropped_total", "mao_memory_usage_bytes", "mao_cpu_usage_ratio", "mao_network_bytes_total",
    ];

    [Fact]
    public async Task What_happened_is_on_the_page()
    {
        await using var gateway = await Gateway.StartAsync(rateLimit: new RateLimitOptions { Requests = 3, Window = TimeSpan.FromHours(1) });
        gateway.Engine.Answer = _ => FakeReply.Refused(500, "broken");
        await gateway.GetAsync("/clientmt/orders");
        await gateway.GetAsync("/clientmt/orders");
        await gateway.GetAsync("/auth/me");
        await gateway.GetAsync("/auth/me");
        await gateway.SendAsync(HttpMethod.Get, "/no/such/route");
        await gateway.SendAsync(HttpMethod.Get, "/nor/this");

        var page = await ReadAsync(gateway);

        Value(page, """mao_api_requests_total{area="clientmt",route="/clientmt/orders",method="GET",status="502"}""").Should().Be(2);
        Value(page, """mao_api_requests_total{area="auth",route="/auth/me",method="GET",status="429"}""").Should().Be(1);
        Value(page, """mao_api_requests_total{area="none",route="none",method="any",status="404"}""").Should().Be(2);
        Value(page, """mao_api_response_seconds_count{route="/clientmt/orders"}""").Should().Be(2);
        Value(page, """mao_api_response_seconds_bucket{route="/clientmt/orders",le="+Inf"}""").Should().Be(2);
        Value(page, """mao_errors_total{component="engine",error_type="44"}""").Should().Be(2);
        Value(page, """mao_engine_call_seconds_count{account="one",result="44"}""").Should().Be(2);
        Value(page, """mao_rate_limit_hits_total{action="any"}""").Should().Be(1);
        Value(page, """mao_circuit_state{account="one"}""").Should().Be(0);
        Value(page, "mao_active_users").Should().Be(1);
        Value(page, """mao_db_query_seconds_count{store="maohome"}""").Should().BePositive();
        Value(page, "mao_memory_usage_bytes").Should().BeGreaterThan(1_000_000);
        Promised.Should().OnlyContain(name => page.Contains($"# TYPE {name} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_jobs_engines_and_the_log_are_figures_too()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        await using var gateway = await Gateway.StartAsync(time: clock);
        gateway.Engine.Answer = _ => FakeReply.Done(
            """{"state":"ready","brokerConnected":true,"unknownOrders":2,"stale":false,"account":{"feedAvailable":false}}""");
        await using (var context = gateway.Database())
        {
            var account = await context.Accounts.SingleAsync(account => account.AccountId == "one");
            context.Add(new Pod { AccountKey = account.Id, Name = "mt-one", WantedState = PodStates.Running, State = PodStates.Running });
            await context.SaveChangesAsync();
        }

        var page = "";
        await Until.TrueAsync("the figures were looked up", TimeSpan.FromSeconds(60), pause: TimeSpan.FromMilliseconds(200), ask: async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            page = await ReadAsync(gateway);
            return page.Contains("mao_engine_answers{", StringComparison.Ordinal) && page.Contains("mao_role_silent_seconds{", StringComparison.Ordinal)
                && page.Contains("mao_job_late_seconds{", StringComparison.Ordinal);
        });

        Value(page, """mao_engine_answers{account="one"}""").Should().Be(1);
        Value(page, """mao_engine_broker_connected{account="one"}""").Should().Be(1);
        Value(page, """mao_engine_feed_available{account="one"}""").Should().Be(0);
        Value(page, """mao_engine_orders_unknown{account="one"}""").Should().Be(2);
        Value(page, """mao_job_failed{name="purge"}""").Should().Be(0);
        Value(page, "mao_log_lag_seconds").Should().BeGreaterThanOrEqualTo(0);
    }

    [ServerFact("promtool")]
    public async Task The_page_is_what_promtool_accepts()
    {
        await using var gateway = await Gateway.StartAsync();
        await gateway.GetAsync("/clientmt/orders");

        (await Promtool.CheckAsync(await ReadAsync(gateway))).Should().BeEmpty();
    }

    [Fact]
    public void Labels_are_escaped_and_their_number_is_bounded()
    {
        using var metrics = new GatewayMetrics();
        using var reader = new MetricReader(metrics.Meter);
        metrics.Error("quote\" back\\ line\n", "x");
        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            metrics.Query(i.ToString(CultureInfo.InvariantCulture), 0.001);
        }

        var page = reader.Read();

        page.Should().Contain("""mao_errors_total{component="quote\" back\\ line\n",error_type="x"} 1""");
        Value(page, """mao_db_query_seconds_count{store="other"}""").Should().Be(50);
    }

    [Fact]
    public async Task A_stranger_does_not_see_the_page()
    {
        await using var gateway = await Gateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");

        using var answer = await gateway.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(401);
    }

    private static async Task<string> ReadAsync(Gateway gateway)
    {
        using var answer = await gateway.Http.GetAsync("/metrics");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        return await answer.Content.ReadAsStringAsync();
    }

    private static double Value(string page, string series)
    {
        var line = page.Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        line.Should().NotBeNull($"{series} must be on the page");
        return double.Parse(line![(series.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
