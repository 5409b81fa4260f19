using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MaoApi.Pods;
using MaoApi.Pods.Docker;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>What bears an engine's name and is not this installation's, or not this account's: it is named, and never stopped, used or removed.</summary>
[DockerEngine]
[Collection("docker")]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class DockerStrangerTests : IAsyncLifetime
{
    private const string Another = "another";

    private readonly DockerRig _rig = new();
    private readonly TemporaryFolder _folder = new();
    private readonly string _account = "s" + Guid.NewGuid().ToString("N")[..8];

    private string EngineName => PodNames.Of(_account);

    private string Ours => _rig.Options.Installation!;

    public Task InitializeAsync() => DockerImage.EnsureAsync();

    public async Task DisposeAsync()
    {
        // What strangers made here: the rig removes its own alone.
        await DeleteAsync($"containers/{EngineName}", "?force=true");
        await DeleteAsync($"networks/{EngineName}", "");
        foreach (var volume in (string[])[DockerSpec.DataVolume(_account), DockerSpec.LogVolume(_account)])
        {
            await DeleteAsync($"volumes/{volume}", "?force=true");
        }

        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [ContractTheory]
    [InlineData(Another, true)]
    [InlineData(null, true)]
    [InlineData("ours", false)]
    public async Task A_container_of_another_installation_or_account_is_left_as_it_is(string? installation, bool hasAccount)
    {
        var labels = new JsonObject { [PodNames.AccountLabel] = hasAccount ? _account : Another };
        if (installation is not null)
        {
            labels[PodNames.InstallationLabel] = installation == "ours" ? Ours : installation;
        }

        var id = await RunAsync(labels);
        var driver = _rig.Driver(_account);
        var started = await StartedAtAsync(id);

        var find = () => driver.FindAsync(Launch().Trace, default);
        var start = () => driver.StartAsync(Launch(), default);
        (await find.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(EngineName).And.Contain("has not made");
        (await start.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(EngineName).And.Contain("has not made");
        if (installation != "ours")
        {
            await driver.RemoveAsync(_account, default);
            (await driver.TendAsync(default)).Should().NotContain(_account, "what is left of an account is looked for among our own");
        }

        (await StartedAtAsync(id)).Should().Be(started, "it still runs, and was not started anew");
    }

    [ContractTheory]
    [InlineData(Another)]
    [InlineData(null)]
    public async Task A_network_of_somebody_else_is_neither_used_nor_removed_nor_joined(string? installation)
    {
        var labels = new JsonObject { [PodNames.AccountLabel] = _account };
        if (installation is not null)
        {
            labels[PodNames.InstallationLabel] = installation;
        }

        await _rig.Api.PostAsync("networks/create", new JsonObject { ["Name"] = EngineName, ["Driver"] = "bridge", ["Labels"] = labels }, default);
        var guest = await RunAsync(
            new JsonObject { [PodNames.RoleLabel] = PodNames.GatewayRole, [PodNames.InstallationLabel] = Ours }, "gw-" + _account, network: "bridge");
        try
        {
            var driver = _rig.Driver(_account);

            var place = () => driver.PlaceAsync(_account, default);
            (await place.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(EngineName).And.Contain("has not made");
            (await driver.TendAsync(default)).Should().NotContain(_account);
            await driver.RemoveAsync(_account, default);

            var network = await _rig.Api.FindAsync($"networks/{EngineName}", default);
            network.Should().NotBeNull("it is somebody else's");
            network!["Containers"]!.AsObject().Should().BeEmpty("our gateway is no guest there");
        }
        finally
        {
            await _rig.Api.DeleteAsync($"containers/{guest}?force=true", default);
        }
    }

    [ContractTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_volume_of_somebody_else_is_never_an_engine_s(bool data)
    {
        var volume = data ? DockerSpec.DataVolume(_account) : DockerSpec.LogVolume(_account);
        await _rig.Api.PostAsync("volumes/create", DockerSpec.Volume(volume, DockerSpec.Labels(Another, _account)), default);

        var start = () => _rig.Driver(_account).StartAsync(Launch(), default);

        (await start.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(volume).And.Contain("has not made");
        (await _rig.Api.FindAsync($"containers/{EngineName}/json", default)).Should().BeNull("nothing was made with it");
        (await _rig.Api.FindAsync($"volumes/{volume}", default)).Should().NotBeNull();
    }

    [ContractFact]
    public async Task A_guest_without_a_name_of_its_installation_is_none_where_ours_has_one()
    {
        var nameless = await RunAsync(new JsonObject { [PodNames.RoleLabel] = PodNames.GatewayRole }, "gw-" + _account, network: "bridge");
        try
        {
            await _rig.Driver(_account).PlaceAsync(_account, default);

            (await _rig.Api.GetAsync($"networks/{EngineName}", default))!["Containers"]!.AsObject().Select(member => member.Key).Should().NotContain(nameless);
        }
        finally
        {
            await _rig.Api.DeleteAsync($"containers/{nameless}?force=true", default);
        }
    }

    private PodLaunch Launch() =>
        new("test", "", ["-c", "exec sleep 1000"], new PodTrace(_account, _folder.File("pod.json"), _folder.File("stdout.jsonl")));

    /// <summary>A running container that the driver has not made.</summary>
    private async Task<string> RunAsync(JsonObject labels, string? name = null, string network = "none")
    {
        var body = new JsonObject
        {
            ["Image"] = DockerImage.Name,
            ["Cmd"] = new JsonArray("-c", "exec sleep 1000"),
            ["Labels"] = labels,
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = network },
        };
        var id = (await _rig.Api.PostAsync($"containers/create?name={name ?? EngineName}", body, default))!["Id"]!.ToString();
        await _rig.Api.PostAsync($"containers/{id}/start", null, default);
        return id;
    }

    /// <summary>When a container that runs was started; "gone" and "stopped" otherwise.</summary>
    private async Task<string> StartedAtAsync(string id) =>
        (await _rig.Api.FindAsync($"containers/{id}/json", default))?["State"] is not { } state ? "gone"
            : (bool)state["Running"]! ? state["StartedAt"]!.ToString() : "stopped";

    private async Task DeleteAsync(string path, string query)
    {
        if (await _rig.Api.FindAsync(path.StartsWith("containers", StringComparison.Ordinal) ? path + "/json" : path, default) is not null)
        {
            await _rig.Api.DeleteAsync(path + query, default);
        }
    }
}
