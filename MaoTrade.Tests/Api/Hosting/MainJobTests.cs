using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class MainJobTests : IDisposable
{
    private static readonly string[] Records = ["accounts/demo1/pod.json", "accounts/demo2/pod.json", "paper/pod.json"];

    private readonly TempFolder _temp = new();

    public void Dispose()
    {
        // Whatever a failed test left running.
        var driver = new ChildProcessDriver(TimeProvider.System);
        foreach (var record in Records.Select(Read).OfType<PodRecord>())
        {
            using var process = driver.Find(record.Process);
            process?.Kill();
        }

        _temp.Dispose();
    }

    [Fact]
    public async Task It_trades_survives_its_own_crash_and_leaves_nothing_behind()
    {
        List<PodRecord?> started;
        using (var first = new GatewayProcess(_temp.Path))
        {
            await first.WaitUntilItTradesAsync();
            started = [.. Records.Select(Read)];
            started.Should().NotContainNulls();

            using var second = new GatewayProcess(_temp.Path);
            (await second.WaitAsync()).Should().Be(75);
            second.Output.Should().Contain("Another gateway runs on the data folder");

            first.Crash();
            await first.WaitAsync();
        }

        using var next = new GatewayProcess(_temp.Path);
        await next.WaitUntilItTradesAsync();
        Records.Select(Read).Should().Equal(started, "the engines that survived are taken over, not started again");

        (await next.StopAsync()).Should().Be(0);
        var driver = new ChildProcessDriver(TimeProvider.System);
        started.Should().OnlyContain(record => driver.Find(record!.Process) == null, "no child survives an orderly stop");
    }

    [Fact]
    public async Task A_port_in_use_is_said_and_starts_nothing()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        using var gateway = new GatewayProcess(_temp.Path, "--port", port.ToString());

        (await gateway.WaitAsync()).Should().Be(70);
        gateway.Output.Should().Contain($"port {port}").And.Contain("address already in use");
        Records.Select(Read).Should().OnlyContain(record => record == null);
    }

    [Fact]
    public async Task Demo_users_are_not_served_to_other_machines()
    {
        using (var first = new GatewayProcess(_temp.Path, "--role", "api"))
        {
            await first.WaitUntilItTradesAsync();
            (await first.StopAsync()).Should().Be(0);
        }

        using var open = new GatewayProcess(_temp.Path, "--bind", "0.0.0.0", "--role", "api");

        (await open.WaitAsync()).Should().Be(64);
        open.Output.Should().Contain("--allow-demo");
    }

    private PodRecord? Read(string record) => PodRecord.Read(Path.Combine(_temp.Path, record));
}
