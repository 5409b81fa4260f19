using System.IO.Compression;
using System.Net;
using System.Text.Json;
using MaoTrade.Tests.Support;
using Xunit.Abstractions;

namespace MaoTrade.Tests.Containers;

/// <summary>A pod that makes the engines' containers through Docker's socket, beside a gateway that cannot.</summary>
[Collection("processes")]
public sealed class PodsStackTests(PodsStack stack, ITestOutputHelper output) : IClassFixture<PodsStack>
{
    private static string[] Both => [PodsStack.North, PodsStack.South];

    [ContainerFact]
    public async Task Accounts_that_are_added_get_engines_that_trade_and_hand_out_their_log()
    {
        stack.WithoutCertificate.Should().Contain($"engine-{PodsStack.North}.crt").And.Contain("cert make");
        foreach (var accountId in Both)
        {
            await stack.Api.BeginTradingAsync(accountId);
            var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd");

            var bytes = await stack.Api.DownloadAsync("/clientmt/log", new { accountId, logDate = day });

            await using var zip = new ZipArchive(new MemoryStream(bytes));
            zip.Entries.Should().ContainSingle().Which.Length.Should().BePositive();
            var pod = await stack.PodAsync(accountId);
            (pod.GetProperty("state").GetString(), pod.GetProperty("driver").GetString()).Should().Be(("running", "docker"));
        }
    }

    [ContainerFact]
    public async Task Each_account_has_a_28_of_the_pool_and_reaches_nothing_of_another()
    {
        var pool = IPNetwork.Parse(PodsStack.Pool);
        var subnets = await Task.WhenAll(Both.Select(async accountId => IPNetwork.Parse(
            await Command.RunAsync("docker", ["network", "inspect", "--format", "{{(index .IPAM.Config 0).Subnet}}", "mt-" + accountId]))));
        subnets.Should().OnlyHaveUniqueItems().And.OnlyContain(subnet => subnet.PrefixLength == 28 && pool.Contains(subnet.BaseAddress));

        var north = "mt-" + PodsStack.North;
        var other = await stack.InspectAsync("mt-" + PodsStack.South, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        (await stack.ConnectAsync(north, "gateway", 8000)).Should().Be(0, "its own gateway is there");
        (await stack.ConnectAsync(north, "mao-pod", 2460)).Should().Be(0, "and the market beside the pod");
        (await stack.ConnectAsync(north, "127.0.0.1", 2260)).Should().Be(0, "the look itself works");
        (await Task.WhenAll(
            stack.ConnectAsync(north, other, 2260),
            stack.ConnectAsync(north, other, 2261),
            stack.ConnectAsync(north, "mt-" + PodsStack.South, 2260))).Should().NotContain(0, "not even the name is known");
    }

    [ContainerFact]
    public async Task An_engine_has_the_user_the_limits_and_the_certificate_that_are_its_own()
    {
        var engine = "mt-" + PodsStack.North;
        (await stack.ExecAsync(engine, "id", "-u")).Output.Trim().Should().Be("1000");
        (await stack.ExecAsync(engine, "grep", " / ", "/proc/mounts")).Output.Should().MatchRegex(@"^\S+ / \S+ ro[, ]", "not even root could write to it");
        var status = await stack.ReadAsync(engine, "/proc/1/status");
        status.Should().MatchRegex(@"(?m)^CapBnd:\s+0+$", "nobody gets back what is in no set").And.MatchRegex(@"(?m)^NoNewPrivs:\s+1$");
        (await stack.InspectAsync(engine, "{{.HostConfig.Memory}} {{len .HostConfig.PortBindings}} {{.HostConfig.RestartPolicy.Name}}"))
            .Should().Be("536870912 0 unless-stopped");
        (await stack.ExecAsync(engine, "sh", "-c", "ls /data/accounts/*/")).Output.Split('\n')
            .Where(name => name.StartsWith("engine-", StringComparison.Ordinal))
            .Should().BeEquivalentTo($"engine-{PodsStack.North}.crt", $"engine-{PodsStack.North}.key");
        (await stack.InspectAsync("pods-gateway", "{{range .Mounts}}{{.Destination}} {{end}}")).Should().NotContain("docker.sock");
    }

    [ContainerFact]
    public async Task Killed_by_the_system_or_through_Docker_an_engine_returns_with_its_orders()
    {
        var engine = "mt-" + PodsStack.South;
        await stack.ReadyAsync(PodsStack.South);
        await stack.Api.BeginTradingAsync(PodsStack.South);
        var before = await stack.Api.OrdersAsync(PodsStack.South);

        foreach (var kill in (string[][])[["kill", "-KILL", await stack.InspectAsync(engine, "{{.State.Pid}}")], ["docker", "kill", engine]])
        {
            var run = await stack.InspectAsync(engine, "{{.State.StartedAt}}");
            var began = TimeProvider.System.GetTimestamp();
            await Command.RunAsync(kill[0], kill[1..]);
            await Until.TrueAsync("another run has begun", ComposeStack.Deadline, async () =>
                await stack.InspectAsync(engine, "{{.State.StartedAt}} {{.State.Running}}") is var now
                && !now.StartsWith(run, StringComparison.Ordinal) && now.EndsWith(" true", StringComparison.Ordinal));
            await stack.ReadyAsync(PodsStack.South);
            output.WriteLine($"{kill[0]}: ready after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        }

        await stack.Api.TradingAsync(PodsStack.South);
        (await stack.Api.OrdersAsync(PodsStack.South)).Should().Contain(before);
        var ledger = await stack.ReadAsync("pod", "/data/paper/ledger.jsonl");
        ledger.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event").GetString() == "accepted")
            .Select(line => $"{line.GetProperty("account")} {line.GetProperty("reference")} {line.GetProperty("action")}")
            .Should().OnlyHaveUniqueItems();
    }

    [ContainerFact]
    public async Task An_administrator_stops_and_starts_an_engine()
    {
        var engine = "mt-" + PodsStack.South;
        await stack.ReadyAsync(PodsStack.South);

        await stack.MaoAsync("engine", "stop", PodsStack.South);
        await Until.TrueAsync("it has stopped in order", ComposeStack.Deadline, async () =>
            (await stack.PodAsync(PodsStack.South)).GetProperty("state").GetString() == "stopped"
            && await stack.InspectAsync(engine, "{{.State.Running}} {{.State.ExitCode}}") == "false 0");
        await stack.MaoAsync("engine", "start", PodsStack.South);

        await stack.ReadyAsync(PodsStack.South);
    }

    [ContainerFact]
    public async Task Neither_the_gateway_s_restart_nor_the_pod_s_touches_an_engine()
    {
        await stack.ReadyAsync(PodsStack.North);
        await stack.Api.BeginTradingAsync(PodsStack.North);
        var before = await stack.InspectAsync("mt-" + PodsStack.North, "{{.Id}} {{.State.StartedAt}} {{.State.Pid}}");

        await stack.ComposeAsync("restart", "pods-gateway", "pod");
        await Until.TrueAsync("the gateway is back", ComposeStack.Deadline, async () => (await stack.ExecAsync("pods-gateway", "mao", "health")).Code == 0);
        await stack.Api.TradingAsync(PodsStack.North);
        await Until.TrueAsync("the pod looks after it again", ComposeStack.Deadline, async () =>
            (await stack.PodAsync(PodsStack.North)).GetProperty("memoryBytes").ValueKind == JsonValueKind.Number);
        (await stack.InspectAsync("mt-" + PodsStack.North, "{{.Id}} {{.State.StartedAt}} {{.State.Pid}}")).Should().Be(before);
    }
}
