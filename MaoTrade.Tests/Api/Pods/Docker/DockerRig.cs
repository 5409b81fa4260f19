using System.Net;
using MaoApi.Pods;
using MaoApi.Pods.Docker;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>An installation of its own on the machine's Docker engine; at the end nothing of it is left.</summary>
internal sealed class DockerRig : IAsyncDisposable
{
    private readonly HashSet<string> _accounts = [];

    public PodOptions Options { get; init; } = new()
    {
        Image = DockerImage.Name,
        Installation = "test-" + Guid.NewGuid().ToString("N")[..8],
        Docker = new DockerOptions { Socket = DockerEngineAttribute.Socket, SubnetPool = IPNetwork.Parse("10.243.0.0/16") },
    };

    public DockerApi Api { get; } = new(DockerEngineAttribute.Socket, TimeSpan.FromSeconds(60), TimeProvider.System);

    public DockerDriver Driver(string accountId, DockerApi? api = null, PodOptions? options = null)
    {
        _accounts.Add(accountId);
        var chosen = options ?? Options;
        return new DockerDriver(api ?? Api, chosen, new InstallationName(null!, chosen), TimeProvider.System, NullLogger<DockerDriver>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var accountId in _accounts)
        {
            await Driver(accountId).RemoveAsync(accountId, default);
            foreach (var volume in (string[])[DockerSpec.DataVolume(accountId), DockerSpec.LogVolume(accountId)])
            {
                if (await Api.FindAsync($"volumes/{volume}", default) is not null)
                {
                    await Api.DeleteAsync($"volumes/{volume}?force=true", default);
                }
            }
        }

        Api.Dispose();
    }
}
