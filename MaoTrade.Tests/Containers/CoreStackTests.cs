using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MaoTrade.Tests.Support;
using Xunit.Abstractions;

namespace MaoTrade.Tests.Containers;

/// <summary>The images as they are run: two accounts in containers of their own, killed, stopped and kept apart.</summary>
[Collection("processes")]
public sealed class CoreStackTests(CoreStack stack, ITestOutputHelper output) : IClassFixture<CoreStack>
{
    [ContainerFact]
    public async Task Both_accounts_trade_and_the_days_log_arrives_as_a_ZIP()
    {
        foreach (var accountId in new[] { "demo1", "demo2" })
        {
            await stack.Api.BeginTradingAsync(accountId);
            (await stack.Api.OrdersAsync(accountId)).Should().NotBeEmpty();
            var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd");

            var bytes = await stack.Api.DownloadAsync("/clientmt/log", new { accountId, logDate = day });

            await using var zip = new ZipArchive(new MemoryStream(bytes));
            var entry = zip.Entries.Should().ContainSingle().Subject;
            entry.Name.Should().StartWith("maotrade-").And.EndWith(".log");
            entry.Length.Should().BePositive();
        }
    }

    [ContainerFact]
    public async Task An_engine_whose_process_is_killed_returns_by_itself_with_its_orders()
    {
        await stack.Api.BeginTradingAsync("demo1");
        var before = await stack.Api.OrdersAsync("demo1");
        var pid = await stack.InspectAsync("engine-a", "{{.State.Pid}}");
        var began = TimeProvider.System.GetTimestamp();

        await Command.RunAsync("kill", ["-KILL", pid]);
        await Until.TrueAsync("another process runs", ComposeStack.Deadline, async () =>
            await stack.InspectAsync("engine-a", "{{.State.Pid}} {{.State.Running}}") is var state && state != $"{pid} true" && state.EndsWith(" true", StringComparison.Ordinal));

        await ResumedAsync("engine-a", "demo1", before, began);
        (await stack.InspectAsync("engine-a", "{{.RestartCount}}")).Should().NotBe("0");
    }

    [ContainerFact]
    public async Task An_engine_killed_through_Docker_resumes_when_it_is_started_again()
    {
        await stack.Api.BeginTradingAsync("demo2");
        var before = await stack.Api.OrdersAsync("demo2");

        await Command.RunAsync("docker", ["kill", await stack.ContainerAsync("engine-b")]);
        (await stack.InspectAsync("engine-b", "{{.State.Running}}")).Should().Be("false", "Docker leaves alone what was killed through it");
        var began = TimeProvider.System.GetTimestamp();
        await Command.RunAsync("docker", ["start", await stack.ContainerAsync("engine-b")]);

        await ResumedAsync("engine-b", "demo2", before, began);
    }

    [ContainerFact]
    public async Task An_account_reaches_its_gateway_and_market_and_nothing_of_another_account()
    {
        await stack.Api.ConnectedAsync("demo1");
        await stack.Api.ConnectedAsync("demo2");
        var other = await stack.InspectAsync("engine-b", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");

        (await stack.ConnectAsync("engine-a", "gateway", 8000)).Should().Be(0, "its own gateway is there");
        (await stack.ConnectAsync("engine-a", "paper-market", 2460)).Should().Be(0);
        (await stack.ConnectAsync("engine-a", "127.0.0.1", 2260)).Should().Be(0, "the look itself works");
        (await stack.ConnectAsync("engine-a", other, 2260)).Should().NotBe(0);
        (await stack.ConnectAsync("engine-a", other, 2261)).Should().NotBe(0);
        (await stack.ConnectAsync("engine-a", "engine-b", 2260)).Should().NotBe(0, "not even the name is known");
    }

    [ContainerFact]
    public async Task Nobody_runs_as_root_or_writes_outside_the_data()
    {
        foreach (var service in new[] { "gateway", "engine-a", "engine-b", "paper-market" })
        {
            (await stack.ExecAsync(service, "id", "-u")).Output.Trim().Should().Be("1000");
            (await stack.ExecAsync(service, "grep", " / ", "/proc/mounts")).Output.Should().MatchRegex(@"^\S+ / \S+ ro[, ]", "not even root could write to it");
            var status = await stack.ReadAsync(service, "/proc/1/status");
            status.Should().MatchRegex(@"(?m)^CapBnd:\s+0+$", "nobody gets back what is in no set").And.MatchRegex(@"(?m)^NoNewPrivs:\s+1$");
        }

        (await stack.InspectAsync("engine-a", "{{len .HostConfig.PortBindings}}")).Should().Be("0");
        (await stack.InspectAsync("engine-a", "{{.HostConfig.Memory}} {{.HostConfig.MemoryReservation}}")).Should().Be("536870912 268435456");
    }

    [ContainerFact]
    public async Task The_health_of_each_container_is_asked_by_its_own_program()
    {
        foreach (var service in new[] { "gateway", "engine-a", "engine-b" })
        {
            await Until.TrueAsync($"{service} is healthy", ComposeStack.Deadline, async () =>
                await stack.InspectAsync(service, "{{.State.Health.Status}}") == "healthy");
        }
    }

    [ContainerFact]
    public async Task An_engine_with_two_systems_is_small()
    {
        var sizes = await Task.WhenAll(new[] { "mao-engine", "mao-gateway", "mao-runtime" }.Select(async image =>
            long.Parse(await Command.RunAsync("docker", ["image", "inspect", "--format", "{{.Size}}", image]), CultureInfo.InvariantCulture)));
        await stack.Api.BeginTradingAsync("demo1");
        var memory = (await stack.ReadAsync("engine-a", "/proc/1/status")).Split('\n').Select(line => line.Split(':', StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2 && pair[1].EndsWith(" kB", StringComparison.Ordinal))
            .ToDictionary(pair => pair[0], pair => int.Parse(pair[1].Split(' ')[0], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        output.WriteLine(
            $"engine {(sizes[0] - sizes[2]) / 1e6:F0} MB over its base, gateway {(sizes[1] - sizes[2]) / 1e6:F0} MB; "
            + $"engine private {(memory["RssAnon"] + memory["RssShmem"]) / 1024} MiB, VmRSS {memory["VmRSS"] / 1024} MiB");

        (sizes[0] - sizes[2]).Should().BeLessThan(250_000_000);
        (sizes[1] - sizes[2]).Should().BeLessThan(250_000_000);
        (memory["RssAnon"] + memory["RssShmem"]).Should().BeLessThan(120 * 1024);
        memory["VmRSS"].Should().BeLessThan(200 * 1024);
    }

    [ContainerFact]
    public async Task A_stop_ends_every_container_in_order_and_the_next_start_goes_on()
    {
        await stack.Api.BeginTradingAsync("demo1");
        var before = await stack.Api.OrdersAsync("demo1");

        await stack.ComposeAsync("stop");
        foreach (var service in new[] { "engine-a", "engine-b", "gateway", "paper-market" })
        {
            (await stack.InspectAsync(service, "{{.State.Running}} {{.State.ExitCode}}")).Should().Be("false 0", service);
        }

        var began = TimeProvider.System.GetTimestamp();
        await stack.UpAsync();
        await ResumedAsync("engine-a", "demo1", before, began);
    }

    /// <summary>It trades again, with every order it had, and the market has taken none twice.</summary>
    /// <remarks>The engine itself is asked first: calls through the gateway while it is away would open the account's circuit for a minute.</remarks>
    private async Task ResumedAsync(string service, string accountId, IReadOnlyList<string> before, long began)
    {
        await Until.TrueAsync($"{service} is ready", ComposeStack.Deadline, async () =>
            (await stack.ExecAsync(service, "dotnet", "/app/MaoTrade.Engine.dll", "health")).Code == 0);
        output.WriteLine($"{accountId} resumed after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        await stack.Api.TradingAsync(accountId);
        (await stack.Api.OrdersAsync(accountId)).Should().Contain(before);
        var ledger = await stack.ReadAsync("paper-market", "/data/ledger.jsonl");
        ledger.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event").GetString() == "accepted")
            .Select(line => $"{line.GetProperty("account")} {line.GetProperty("reference")} {line.GetProperty("action")}")
            .Should().OnlyHaveUniqueItems();
    }
}
