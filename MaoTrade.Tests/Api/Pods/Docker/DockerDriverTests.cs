using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using MaoApi.Pods;
using MaoApi.Pods.Docker;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>What only Docker has, on a real engine: rights, networks, strangers, and things that are half made.</summary>
[DockerEngine]
[Collection("docker")]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class DockerDriverTests : IAsyncLifetime
{
    private const string Script = "trap 'exit 0' TERM; echo started; while :; do sleep 0.1; done";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly DockerRig _rig = new();
    private readonly TemporaryFolder _folder = new();
    private readonly string _account = "d" + Guid.NewGuid().ToString("N")[..8];

    private string EngineName => PodNames.Of(_account);

    public Task InitializeAsync() => DockerImage.EnsureAsync();

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [ContractFact]
    public async Task An_engine_has_no_more_rights_than_it_needs()
    {
        await using var process = await _rig.Driver(_account).StartAsync(Launch(), default);

        var container = (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!;
        var host = container["HostConfig"]!;
        ((long)host["Memory"]!, (long)host["MemoryReservation"]!, (long)host["NanoCpus"]!).Should().Be((512L << 20, 256L << 20, 1_000_000_000L));
        ((bool)host["ReadonlyRootfs"]!, (bool)host["Privileged"]!, (bool)host["PublishAllPorts"]!).Should().Be((true, false, false));
        host["CapDrop"]!.ToJsonString().Should().Be("""["ALL"]""");
        host["SecurityOpt"]!.ToJsonString().Should().Contain("no-new-privileges");
        host["RestartPolicy"]!["Name"]!.ToString().Should().Be("unless-stopped");
        (host["PortBindings"]?.AsObject().Count ?? 0).Should().Be(0, "nothing of an engine is published");
        (host["Binds"]?.AsArray().Count ?? 0).Should().Be(0, "no folder of the machine is the engine's");
        container["Config"]!["User"]!.ToString().Should().Be("1000:1000");
        container["NetworkSettings"]!["Networks"]!.AsObject().Select(network => network.Key).Should().Equal(EngineName);
        container["Mounts"]!.AsArray().Select(mount => mount!["Destination"]!.ToString())
            .Should().BeEquivalentTo("/data", $"/data/accounts/{_account}/logs");
    }

    [ContractFact]
    public async Task A_network_is_a_28_of_the_pool_that_nobody_has()
    {
        var first = await _rig.Driver(_account).PlaceAsync(_account, default);
        var other = _account + "b";
        var second = await _rig.Driver(other).PlaceAsync(other, default);

        foreach (var account in (string[])[_account, other])
        {
            var config = (await _rig.Api.GetAsync($"networks/{PodNames.Of(account)}", default))!["IPAM"]!["Config"]![0]!;
            var subnet = IPNetwork.Parse(config["Subnet"]!.ToString());
            subnet.PrefixLength.Should().Be(28);
            _rig.Options.Docker.SubnetPool.Contains(subnet.BaseAddress).Should().BeTrue();
        }

        second.Host.Should().NotBe(first.Host);
        (await _rig.Driver(_account).PlaceAsync(_account, default)).Should().Be(first, "a network that is there is used again");
    }

    [ContractFact]
    public async Task Where_the_pool_is_taken_it_is_said()
    {
        var full = _rig.Options with { Docker = _rig.Options.Docker with { SubnetPool = IPNetwork.Parse("10.244.0.0/28") } };
        await _rig.Driver(_account, options: full).PlaceAsync(_account, default);
        var other = _account + "b";

        var act = () => _rig.Driver(other, options: full).PlaceAsync(other, default);

        (await act.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain("POD_SUBNET_POOL 10.244.0.0/28");
    }

    [ContractFact]
    public async Task Guests_are_in_every_account_s_network_and_no_others()
    {
        var gateway = await StrangerAsync($"gw-{_account}", new JsonObject
        {
            [PodNames.RoleLabel] = PodNames.GatewayRole,
            [PodNames.InstallationLabel] = _rig.Options.Installation,
        });
        var stranger = await StrangerAsync($"x-{_account}", new JsonObject
        {
            [PodNames.RoleLabel] = PodNames.GatewayRole,
            [PodNames.InstallationLabel] = "another",
        });
        try
        {
            await _rig.Driver(_account).PlaceAsync(_account, default);

            var members = (await _rig.Api.GetAsync($"networks/{EngineName}", default))!["Containers"]!.AsObject().Select(member => member.Key).ToList();
            members.Should().Equal(gateway);

            await _rig.Api.PostAsync($"networks/{EngineName}/disconnect", new JsonObject { ["Container"] = gateway, ["Force"] = true }, default);
            var driver = _rig.Driver(_account);
            (await driver.HasNewsAsync(default)).Should().BeTrue("nobody has looked yet");
            (await driver.TendAsync(default)).Should().Equal(_account);
            (await driver.HasNewsAsync(default)).Should().BeFalse();
            (await _rig.Api.GetAsync($"networks/{EngineName}", default))!["Containers"]!.AsObject().Should().ContainSingle("a guest that came back is let in again");
        }
        finally
        {
            await _rig.Api.DeleteAsync($"containers/{gateway}?force=true", default);
            await _rig.Api.DeleteAsync($"containers/{stranger}?force=true", default);
        }
    }

    [ContractFact]
    public async Task A_container_of_somebody_else_is_named_and_left_alone()
    {
        var stranger = await StrangerAsync(EngineName, new JsonObject { ["owner"] = "somebody" });
        try
        {
            var driver = _rig.Driver(_account);
            var start = () => driver.StartAsync(Launch(), default);

            var fault = (await start.Should().ThrowAsync<PodDriverException>()).Which;
            fault.Message.Should().Contain(EngineName).And.Contain("has not made");
            fault.IsAway.Should().BeFalse();
            await driver.RemoveAsync(_account, default);

            (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["State"]!["Running"]!.GetValue<bool>().Should().BeTrue();
        }
        finally
        {
            await _rig.Api.DeleteAsync($"containers/{stranger}?force=true", default);
        }
    }

    [ContractFact]
    public async Task A_container_that_was_created_and_not_started_is_finished()
    {
        var driver = _rig.Driver(_account);
        await (await driver.StartAsync(Launch(), default)).DisposeAsync();
        var made = (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["Id"]!.ToString();
        await _rig.Api.PostAsync($"containers/{EngineName}/stop?t=8", null, default);

        await using (await driver.StartAsync(Launch(), default))
        {
            (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["Id"]!.ToString().Should().Be(made, "one that fits is used");
        }

        // Another program wants another container, made anew without a start: as a pod leaves it that died in between.
        await _rig.Api.PostAsync($"containers/{EngineName}/stop?t=8", null, default);
        await using (await driver.StartAsync(Launch("exec sleep 1000"), default))
        {
            (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["Id"]!.ToString().Should().NotBe(made, "one that does not fit is replaced");
        }
    }

    [ContractFact]
    public async Task What_runs_is_not_started_twice()
    {
        var driver = _rig.Driver(_account);
        await using var first = await driver.StartAsync(Launch(), default);

        await using var second = await driver.StartAsync(Launch("exec sleep 1000"), default);

        second.Id.Should().Be(first.Id);
    }

    [ContractFact]
    public async Task A_network_that_was_removed_behind_its_container_is_made_anew()
    {
        var driver = _rig.Driver(_account);
        await (await driver.StartAsync(Launch(), default)).DisposeAsync();
        await _rig.Api.PostAsync($"containers/{EngineName}/stop?t=8", null, default);
        await _rig.Api.DeleteAsync($"networks/{EngineName}", default);

        IPodProcess? process = null;
        await Until.TrueAsync("the engine runs again", Deadline, async () =>
        {
            try
            {
                process = await driver.StartAsync(Launch(), default);
                return true;
            }
            catch (PodDriverException)
            {
                return false;
            }
        });
        await process!.DisposeAsync();
    }

    [ContractFact]
    public async Task Killed_by_the_system_Docker_brings_it_back_and_its_end_is_seen()
    {
        await using var process = await _rig.Driver(_account).StartAsync(Launch(), default);
        var host = (int)(await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["State"]!["Pid"]!;

        Processes.Kill(host);

        (await process.WaitAsync(default).WaitAsync(Deadline)).ExitCode.Should().Be(137);
        await Until.TrueAsync("Docker has brought it back", Deadline, async () =>
            (await _rig.Api.GetAsync($"containers/{EngineName}/json", default))!["State"]! is { } state && (bool)state["Running"]! && (int)state["Pid"]! != host);
    }

    [ContractFact]
    public async Task An_image_that_is_not_there_is_named()
    {
        var act = () => _rig.Driver(_account, options: _rig.Options with { Image = "mao-nothing" }).StartAsync(Launch(), default);

        var fault = (await act.Should().ThrowAsync<PodDriverException>()).Which;
        fault.Message.Should().Contain("mao-nothing").And.Contain("ENGINE_IMAGE");
        fault.IsAway.Should().BeFalse();
    }

    [ContractFact]
    public async Task While_Docker_is_away_nothing_is_reported_as_ended_and_nothing_is_doubled()
    {
        await using var way = new SocketWay(DockerEngineAttribute.Socket, _folder.File("docker.sock"));
        using var api = new DockerApi(way.Path, TimeSpan.FromSeconds(2), TimeProvider.System);
        var driver = _rig.Driver(_account, api);
        await using var process = await driver.StartAsync(Launch(), default);
        using var stop = new CancellationTokenSource();
        var wait = process.WaitAsync(stop.Token);

        way.Close();
        await Until.TrueAsync("the trouble is told", Deadline, () => Task.FromResult(process.Detail is not null));
        process.Detail.Should().Contain("Docker");
        wait.IsCompleted.Should().BeFalse("a container that cannot be seen has not ended");
        var start = () => driver.StartAsync(Launch(), default);
        (await start.Should().ThrowAsync<PodDriverException>()).Which.IsAway.Should().BeTrue();

        way.Open();
        await Until.TrueAsync("the trouble is over", Deadline, () => Task.FromResult(process.Detail is null));
        await using var again = await driver.StartAsync(Launch(), default);
        again.Id.Should().Be(process.Id);
        await stop.CancelAsync();
        await wait.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [ContractFact]
    public async Task A_Docker_that_accepts_and_says_nothing_is_away()
    {
        await using var way = new SocketWay(DockerEngineAttribute.Socket, _folder.File("docker.sock"));
        way.Stall();
        using var api = new DockerApi(way.Path, TimeSpan.FromSeconds(1), TimeProvider.System);

        var act = () => _rig.Driver(_account, api).PlaceAsync(_account, default);

        var fault = (await act.Should().ThrowAsync<PodDriverException>()).Which;
        fault.IsAway.Should().BeTrue();
        fault.Message.Should().Contain("has not answered within 1 s");
    }

    private PodLaunch Launch(string script = Script) =>
        new("test", "", ["-c", script], new PodTrace(_account, _folder.File("pod.json"), _folder.File("stdout.jsonl")));

    /// <summary>A running container nobody of us has made.</summary>
    private async Task<string> StrangerAsync(string name, JsonObject labels)
    {
        var body = new JsonObject { ["Image"] = DockerImage.Name, ["Cmd"] = new JsonArray("-c", "exec sleep 1000"), ["Labels"] = labels, ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" } };
        var networked = labels[PodNames.RoleLabel] is not null;
        if (networked)
        {
            body["HostConfig"] = new JsonObject();
        }

        var id = (await _rig.Api.PostAsync($"containers/create?name={name}", body, default))!["Id"]!.ToString();
        await _rig.Api.PostAsync($"containers/{id}/start", null, default);
        return id;
    }
}
