using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>What a new user does: one command, and everything trades; and what an operator does to it.</summary>
[Collection("processes")]
public sealed class MainJobTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private readonly ProcessFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_first_start_trades_on_two_accounts_and_the_second_goes_on()
    {
        string orderId;
        await using (var first = await GatewayProcess.StartAsync(Data))
        {
            File.GetUnixFileMode(Path.Combine(Data, "first-run.json")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await first.LogInAsync();
            await ShouldTradeAsync(first);
            var order = await first.PostAsync("/clientmt/orders/open", """{"accountId":"demo1","clientOrderId":"mine-1","epic":"USDJPY","opType":1,"qty":10}""");
            orderId = order.GetProperty("order").GetProperty("orderId").GetString()!;
            await ShouldStopAsync(first);
        }

        await using var second = await GatewayProcess.StartAsync(Data);
        await second.LogInAsync();
        await ShouldTradeAsync(second);
        var again = await second.PostAsync("/clientmt/orders/open", """{"accountId":"demo1","clientOrderId":"mine-1","epic":"USDJPY","opType":1,"qty":10}""");
        again.GetProperty("duplicate").GetBoolean().Should().BeTrue("the order is known from before");
        again.GetProperty("order").GetProperty("orderId").GetString().Should().Be(orderId);
        await ShouldStopAsync(second);
    }

    [Fact]
    public async Task A_killed_engine_comes_back_and_a_killed_gateway_adopts_its_engines()
    {
        string[] before;
        await using (var first = await GatewayProcess.StartAsync(Data))
        {
            var engines = Processes.Of(Data, " run ");
            engines.Should().HaveCount(2);
            Processes.Kill(engines[0]);
            await Until.TrueAsync("another engine stands in for the killed one", Deadline, () => Task.FromResult(
                Processes.Of(Data, " run ") is { Length: 2 } now && !now.Contains(engines[0])));
            await first.LogInAsync();
            await ShouldTradeAsync(first);
            before = [.. Processes.Of(Data, " run ").Concat(Processes.Of(Data, " paper-broker ")).Select(id => $"{id}").Order()];
            await first.Process.KillAsync();
        }

        Processes.Of(Data, " run ").Should().HaveCount(2, "engines trade on without their gateway");
        await using var second = await GatewayProcess.StartAsync(Data);
        await second.LogInAsync();
        await ShouldTradeAsync(second);
        Processes.Of(Data, " run ").Concat(Processes.Of(Data, " paper-broker ")).Select(id => $"{id}").Order().Should().Equal(before, "running processes are adopted, not started again");
        await ShouldStopAsync(second);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_data_is_refused()
    {
        await using var first = await GatewayProcess.StartAsync(Data, "--role", "api");

        await using var second = GatewayProcess.Begin("--data-dir", Data, "--port", "0");

        (await second.ExitCodeAsync()).Should().Be(75);
        (await second.ErrorAsync()).Should().Contain("Another gateway runs on the data folder");
    }

    [Fact]
    public async Task A_port_in_use_is_said_and_starts_nothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var gateway = GatewayProcess.Begin("--data-dir", Data, "--port", $"{port}");

        (await gateway.ExitCodeAsync()).Should().Be(70);
        (await gateway.ErrorAsync()).Should().Contain($"port {port}").And.Contain("address already in use");
        Processes.Of(Data, "").Should().BeEmpty();
    }

    [Fact]
    public async Task Demo_users_are_not_served_to_other_machines()
    {
        await using (var first = await GatewayProcess.StartAsync(Data, "--role", "api"))
        {
            await ShouldStopAsync(first);
        }

        await using var open = GatewayProcess.Begin("--data-dir", Data, "--bind", "0.0.0.0", "--port", "0", "--role", "api");

        (await open.ExitCodeAsync()).Should().Be(64);
        (await open.ErrorAsync()).Should().Contain("--allow-demo");
    }

    private static async Task ShouldTradeAsync(GatewayProcess gateway)
    {
        await Until.TrueAsync("both accounts trade", Deadline, pause: TimeSpan.FromMilliseconds(200), ask: async () =>
        {
            var accounts = (await gateway.GetAsync("/clientmt/portfolio")).GetProperty("accounts").EnumerateArray().ToArray();
            return accounts.Length == 2 && accounts.All(a =>
                a.GetProperty("code").GetInt32() == 0 && a.GetProperty("portfolio") is { ValueKind: JsonValueKind.Object } p && p.GetProperty("frame").GetInt64() > 0);
        });
        using var foreign = await gateway.Http.GetAsync(new Uri("/clientmt/portfolio?accountId=nobody", UriKind.Relative));
        foreign.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private async Task ShouldStopAsync(GatewayProcess gateway)
    {
        var began = TimeProvider.System.GetTimestamp();
        (await gateway.Process.StopAsync()).Should().Be(0, await gateway.Process.ErrorAsync());
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(15));
        Processes.Of(Data, "").Should().BeEmpty("no child survives an orderly stop");
    }
}
