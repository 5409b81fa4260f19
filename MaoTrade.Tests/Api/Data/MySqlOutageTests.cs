using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Data;

/// <summary>A gateway whose database server is killed and comes back.</summary>
[NeedsOwnMySql]
public sealed class MySqlOutageTests(MariaDbServer server) : IClassFixture<MariaDbServer>
{
    private const string Open = "/clientmt/orders/open";
    private const string Order = """{"epic":"EURUSD","opType":1,"qty":1}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [ContractFact]
    public Task Without_its_server_the_gateway_lives_is_not_ready_lets_no_order_through_and_says_so_until_it_is_back() =>
        GoesOnAsync(server.KillAsync, server.StartAsync);

    [ContractFact]
    public Task A_server_that_takes_calls_and_answers_none_is_as_good_as_none() => GoesOnAsync(server.FreezeAsync, server.ThawAsync);

    private async Task GoesOnAsync(Func<Task> leave, Func<Task> comeBack)
    {
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Database = server.Fresh() });
        gateway.Http.Timeout = Deadline;
        gateway.App.Services.GetRequiredService<Readiness>().Open();
        (await gateway.SendAsync(HttpMethod.Get, "/health/ready")).Status.Should().Be(200);
        (await gateway.PostAsync(Open, Order)).Status.Should().Be(200);
        var received = gateway.Engine.Received;

        await leave();
        await ReadyIsAsync(gateway, 503);
        var ready = await gateway.SendAsync(HttpMethod.Get, "/health/ready");
        var order = await gateway.PostAsync(Open, Order);
        var kept = await gateway.SendAsync(HttpMethod.Post, Open, gateway.TokenOf("owner"), Order, request => request.Headers.Add("Idempotency-Key", "key-0001"));
        var live = await gateway.SendAsync(HttpMethod.Get, "/health/live");

        (ready.Status, ready.Code, ready.Data["status"]!.ToString()).Should().Be((503, 50, "unready"));
        ready.Data["checks"]!["database"]!["status"]!.ToString().Should().Be("unhealthy");
        ready.Data["checks"]!["historyDatabase"]!["status"]!.ToString().Should().Be("unhealthy");
        (order.Status, order.Code, kept.Status, kept.Code).Should().Be((503, 50, 503, 50));
        order.Headers.RetryAfter.Should().NotBeNull();
        live.Status.Should().Be(200);
        gateway.Engine.Received.Should().Be(received, "no order went out");
        var looks = Failures(gateway);
        await Until.TrueAsync("the loops look again", Deadline, () => Task.FromResult(Failures(gateway) > looks + 2));
        gateway.App.Lifetime.ApplicationStopping.IsCancellationRequested.Should().BeFalse("no loop ends by it");

        await comeBack();
        await ReadyIsAsync(gateway, 200);
        (await gateway.PostAsync(Open, Order)).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Post, Open, gateway.TokenOf("owner"), Order, request => request.Headers.Add("Idempotency-Key", "key-0001")))
            .Status.Should().Be(200, "nothing was done under the key");
    }

    private static int Failures(Gateway gateway) => gateway.Log.All.Count(line => line.Contains("Looking for notices to send failed", StringComparison.Ordinal));

    private static Task ReadyIsAsync(Gateway gateway, int status) => Until.TrueAsync(
        $"readiness is {status}", Deadline, async () => (await gateway.SendAsync(HttpMethod.Get, "/health/ready")).Status == status);
}
