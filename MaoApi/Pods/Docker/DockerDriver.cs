using System.Net;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>
/// Engines as containers <c>mt-{account}</c>. Docker brings them back when they crash or the machine starts; the pod counts that, holds down
/// what must not come back, and starts what was killed through Docker. Containers, networks and volumes that carry other labels are
/// never touched.
/// </summary>
internal sealed class DockerDriver(
    DockerApi api, PodOptions options, InstallationName installation, TimeProvider time, ILogger<DockerDriver> logger) : IPodDriver
{
    /// <summary>Time of an orderly stop, then Docker kills.</summary>
    private const int StopSeconds = 8;

    private readonly DockerNetworks _networks = new(api, options, installation);

    public string Name => "docker";

    public bool KeepsEngines => true;

    public async Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken)
    {
        var (network, hasPod) = await _networks.EnsureAsync(accountId, cancellationToken);

        // A pod that is no container is reached by this machine's address in the account's network.
        return new PodPlace(
            network.Engine.ToString(),
            IPAddress.Any.ToString(),
            PodNames.EnginePort,
            PodNames.HealthPort,
            DockerSpec.DataDir,
            DockerSpec.Folder(accountId),
            hasPod ? PodNames.HostOf(PodNames.PodRole) : network.Gateway.ToString(),
            PodNames.HostOf(PodNames.GatewayRole));
    }

    public async Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken)
    {
        var container = await FindOursAsync(trace.AccountId, cancellationToken);
        return container is { IsRunning: true } ? Process(container, trace) : null;
    }

    public async Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken)
    {
        var accountId = launch.Trace.AccountId;
        var (network, _) = await _networks.EnsureAsync(accountId, cancellationToken);
        var spec = DockerSpec.Of(launch, options, await installation.GetAsync(cancellationToken), network);
        var container = await FindOursAsync(accountId, cancellationToken);
        if (container is { Runs: true })
        {
            return Process(container, launch.Trace);
        }

        if (container is not null && (container.Status is "dead" or "removing" || container.Label(PodNames.SpecLabel) != spec["Labels"]![PodNames.SpecLabel]!.ToString()))
        {
            await RemoveContainerAsync(container.Id, cancellationToken);
            container = null;
        }

        var id = container?.Id ?? await CreateAsync(spec, accountId, cancellationToken);
        await api.PutArchiveAsync(
            $"containers/{id}/archive?path={DockerSpec.DataDir}",
            await DockerFiles.ArchiveAsync(accountId, launch.Files, cancellationToken),
            cancellationToken);
        await StartContainerAsync(id, container is { IsRestarting: true }, cancellationToken);
        return Process(await FindOursAsync(accountId, cancellationToken)
            ?? throw PodDriverException.Refused($"The container {PodNames.Of(accountId)} was removed while it was started."), launch.Trace);
    }

    public async Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken)
    {
        var accounts = await _networks.TendAsync(cancellationToken);
        var filter = DockerApi.Filters(("label", $"{PodNames.InstallationLabel}={await installation.GetAsync(cancellationToken)}"), ("label", PodNames.AccountLabel));
        var containers = await api.GetAsync($"containers/json?all=true&filters={filter}", cancellationToken);
        return [.. containers!.AsArray().Select(container => container!["Labels"]![PodNames.AccountLabel]!.ToString()).Union(accounts, StringComparer.Ordinal)];
    }

    public Task<bool> HasNewsAsync(CancellationToken cancellationToken) => _networks.HasNewGuestsAsync(cancellationToken);

    public async Task RemoveAsync(string accountId, CancellationToken cancellationToken)
    {
        var name = PodNames.Of(accountId);
        if (await api.FindAsync($"containers/{name}/json", cancellationToken) is { } found
            && DockerAnswers.Container(found) is var container
            && container.Label(PodNames.InstallationLabel) == await installation.GetAsync(cancellationToken))
        {
            await StopAsync(container.Id, cancellationToken);
            await RemoveContainerAsync(container.Id, cancellationToken);
        }

        await _networks.RemoveAsync(accountId, cancellationToken);
    }

    /// <summary>Stops it in order; Docker does not bring it back. One that does not run stays so.</summary>
    internal Task StopAsync(string id, CancellationToken cancellationToken) => api.PostAsync($"containers/{id}/stop?t={StopSeconds}", null, cancellationToken);

    /// <summary>The account's container; null where there is none.</summary>
    /// <exception cref="PodDriverException">There is one that this installation has not made.</exception>
    internal async Task<DockerContainer?> FindOursAsync(string accountId, CancellationToken cancellationToken)
    {
        var name = PodNames.Of(accountId);
        if (await api.FindAsync($"containers/{name}/json", cancellationToken) is not { } found)
        {
            return null;
        }

        var container = DockerAnswers.Container(found);
        var ours = await installation.GetAsync(cancellationToken);
        var theirs = container.Label(PodNames.InstallationLabel);
        return theirs == ours && container.Label(PodNames.AccountLabel) == accountId
            ? container
            : throw PodDriverException.Refused(
                $"A container called {name} is there that this installation ({ours}) has not made{(theirs is null ? "" : $", but {theirs}")}: remove or rename it.");
    }

    private DockerProcess Process(DockerContainer container, PodTrace trace) => new(container, trace, this, api, time, logger);

    /// <summary>Makes volumes, which outlive the container, and the container.</summary>
    private async Task<string> CreateAsync(JsonObject spec, string accountId, CancellationToken cancellationToken)
    {
        foreach (var volume in (string[])[DockerSpec.DataVolume(accountId), DockerSpec.LogVolume(accountId)])
        {
            await EnsureVolumeAsync(volume, accountId, cancellationToken);
        }

        try
        {
            var created = await api.PostAsync($"containers/create?name={PodNames.Of(accountId)}", spec, cancellationToken);
            return created!["Id"]!.ToString();
        }
        catch (DockerRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            throw PodDriverException.Refused($"The Docker engine has no image {options.Image} (ENGINE_IMAGE): {refusal.Message}");
        }
    }

    private async Task EnsureVolumeAsync(string volume, string accountId, CancellationToken cancellationToken)
    {
        var ours = await installation.GetAsync(cancellationToken);
        var found = await api.FindAsync($"volumes/{volume}", cancellationToken);
        if (found is null)
        {
            await api.PostAsync("volumes/create", DockerSpec.Volume(volume, DockerSpec.Labels(ours, accountId)), cancellationToken);
        }
        else if (found["Labels"]?[PodNames.InstallationLabel]?.ToString() != ours)
        {
            throw PodDriverException.Refused(
                $"A volume called {volume} is there that this installation ({ours}) has not made: its data is another engine's. Rename or remove it.");
        }
    }

    /// <summary>One that Docker waits to bring back is started now: its time is the pod's to choose.</summary>
    private async Task StartContainerAsync(string id, bool isRestarting, CancellationToken cancellationToken)
    {
        try
        {
            await api.PostAsync(isRestarting ? $"containers/{id}/restart?t=0" : $"containers/{id}/start", null, cancellationToken);
        }
        catch (DockerRefusalException refusal) when (refusal.Message.Contains("network", StringComparison.OrdinalIgnoreCase)
            && refusal.Message.Contains("not found", StringComparison.OrdinalIgnoreCase))
        {
            // The network it was made for was removed and made anew: so is the container, at the next try.
            await RemoveContainerAsync(id, cancellationToken);
            throw PodDriverException.Away("The container's network had been removed; it is made anew.", refusal);
        }
    }

    private async Task RemoveContainerAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteAsync($"containers/{id}?force=true", cancellationToken);
        }
        catch (DockerRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            // Gone already.
        }
    }
}
