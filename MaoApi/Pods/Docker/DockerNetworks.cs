using System.Net;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>
/// A network for each account, so that no engine sees another's; the gateway, the pod and the trading database, known by their label
/// <c>mao.role</c>, are guests in all of them.
/// </summary>
internal sealed class DockerNetworks(DockerApi api, PodOptions options, InstallationName installation)
{
    private const int MostTries = 256;

    private static readonly string[] Guests = [PodNames.GatewayRole, PodNames.PodRole, PodNames.DatabaseRole];

    /// <summary>Guests that were in all networks when that was last looked at.</summary>
    private volatile HashSet<string> _inside = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The account's network, made where it is missing, with all guests in it.</summary>
    /// <returns>The network, and whether the pod itself is one of its guests.</returns>
    public async Task<(DockerNetwork Network, bool HasPod)> EnsureAsync(string accountId, CancellationToken cancellationToken)
    {
        var name = PodNames.Of(accountId);
        var ours = await installation.GetAsync(cancellationToken);
        var found = await api.FindAsync($"networks/{name}", cancellationToken) ?? await CreateAsync(name, accountId, ours, cancellationToken);
        if (found["Labels"]?[PodNames.InstallationLabel]?.ToString() != ours || found["Labels"]?[PodNames.AccountLabel]?.ToString() != accountId)
        {
            throw PodDriverException.Refused(
                $"A Docker network called {name} is there that this installation ({ours}) has not made: remove it, or run the account elsewhere.");
        }

        var network = DockerAnswers.Network(found)
            ?? throw PodDriverException.Refused($"The Docker network {name} has no address range of its own: remove it, it is made anew.");
        var guests = await GuestsAsync(cancellationToken);
        await JoinAsync(network, guests, cancellationToken);
        return (network, guests.Any(guest => guest.Role == PodNames.PodRole));
    }

    /// <summary>Lets new guests into all networks of the installation.</summary>
    public async Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken)
    {
        var filter = DockerApi.Filters(("label", $"{PodNames.InstallationLabel}={await installation.GetAsync(cancellationToken)}"));
        var networks = (await api.GetAsync($"networks?filters={filter}", cancellationToken))!.AsArray();
        var guests = await GuestsAsync(cancellationToken);
        foreach (var id in networks.Select(network => network!["Id"]!.ToString()))
        {
            // The list does not name members.
            if (await api.FindAsync($"networks/{id}", cancellationToken) is { } found && DockerAnswers.Network(found) is { } network)
            {
                await JoinAsync(network, guests, cancellationToken);
            }
        }

        _inside = guests.Select(guest => guest.Id).ToHashSet(StringComparer.Ordinal);
        return [.. networks.Select(network => network!["Labels"]?[PodNames.AccountLabel]?.ToString()).OfType<string>()];
    }

    /// <summary>Whether somebody has come since all networks were last looked at.</summary>
    public async Task<bool> HasNewGuestsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await GuestsAsync(cancellationToken)).Exists(guest => !_inside.Contains(guest.Id));
        }
        catch (PodDriverException)
        {
            // The next turn says so.
            return false;
        }
    }

    /// <summary>Removes the account's network where it is ours; guests are let out first.</summary>
    public async Task RemoveAsync(string accountId, CancellationToken cancellationToken)
    {
        var found = await api.FindAsync($"networks/{PodNames.Of(accountId)}", cancellationToken);
        if (found?["Labels"]?[PodNames.InstallationLabel]?.ToString() != await installation.GetAsync(cancellationToken))
        {
            return;
        }

        foreach (var member in found!["Containers"]?.AsObject().Select(member => member.Key).ToList() ?? [])
        {
            await api.PostAsync($"networks/{found["Id"]}/disconnect", new JsonObject { ["Container"] = member, ["Force"] = true }, cancellationToken);
        }

        await api.DeleteAsync($"networks/{found["Id"]}", cancellationToken);
    }

    /// <summary>The first part of the pool that Docker takes: it also knows of ranges that are none of its networks.</summary>
    private async Task<JsonNode> CreateAsync(string name, string accountId, string ours, CancellationToken cancellationToken)
    {
        var taken = (await api.GetAsync("networks", cancellationToken))!.AsArray()
            .SelectMany(network => network!["IPAM"]?["Config"]?.AsArray().Select(config => config!["Subnet"]?.ToString()) ?? [])
            .Select(text => IPNetwork.TryParse(text, out var subnet) ? subnet : (IPNetwork?)null)
            .OfType<IPNetwork>().ToList();
        var pool = options.Docker.SubnetPool;
        var reason = "all of it is in use";
        foreach (var subnet in DockerNetwork.Free(pool, taken).Take(MostTries))
        {
            try
            {
                var created = await api.PostAsync("networks/create", DockerSpec.Network(name, subnet, DockerSpec.Labels(ours, accountId)), cancellationToken);
                return (await api.GetAsync($"networks/{created!["Id"]}", cancellationToken))!;
            }
            catch (DockerRefusalException refusal) when (refusal.Message.Contains("overlap", StringComparison.OrdinalIgnoreCase)
                || refusal.Message.Contains("already in use", StringComparison.OrdinalIgnoreCase))
            {
                reason = refusal.Message;
            }
        }

        throw PodDriverException.Refused($"There is no free /{DockerNetwork.PrefixLength} in POD_SUBNET_POOL {pool} for the network {name}: {reason}");
    }

    private async Task<List<Guest>> GuestsAsync(CancellationToken cancellationToken)
    {
        var ours = await installation.GetAsync(cancellationToken);
        var containers = await api.GetAsync($"containers/json?filters={DockerApi.Filters(("label", PodNames.RoleLabel))}", cancellationToken);
        return [.. containers!.AsArray()
            .Select(container => new Guest(
                container!["Id"]!.ToString(),
                container["Labels"]?[PodNames.RoleLabel]?.ToString() ?? "",
                container["Labels"]?[PodNames.InstallationLabel]?.ToString() is { Length: > 0 } named ? named : null))
            .Where(guest => Guests.Contains(guest.Role, StringComparer.Ordinal) && (guest.Installation == ours || (guest.Installation is null && !installation.IsGiven)))];
    }

    private async Task JoinAsync(DockerNetwork network, List<Guest> guests, CancellationToken cancellationToken)
    {
        foreach (var guest in guests.Where(guest => !network.Members.Contains(guest.Id)))
        {
            var join = new JsonObject
            {
                ["Container"] = guest.Id,
                ["EndpointConfig"] = new JsonObject { ["Aliases"] = new JsonArray(PodNames.HostOf(guest.Role), guest.Role) },
            };
            try
            {
                await api.PostAsync($"networks/{network.Id}/connect", join, cancellationToken);
            }
            catch (DockerRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound
                || refusal.Message.Contains("already exists", StringComparison.OrdinalIgnoreCase))
            {
                // It is gone, or somebody else has let it in.
            }
        }
    }

    private sealed record Guest(string Id, string Role, string? Installation);
}
