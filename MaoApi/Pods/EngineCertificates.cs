using MaoApi.Hosting;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Pods;

/// <summary>The certificates of engines that others can reach.</summary>
internal sealed class EngineCertificates(GatewayOptions options)
{
    /// <summary>Those of an account's engine; null where it listens on the loopback address alone.</summary>
    /// <exception cref="PodDriverException">It needs some and there are none.</exception>
    public WireFiles? Of(string accountId, PodPlace place)
    {
        if (WireIdentity.IsLocal(place.Bind))
        {
            return null;
        }

        if (options.WireFiles is not { } ours)
        {
            throw PodDriverException.Refused($"Others can reach the engine of {accountId}: the pod needs certificates of the wire ({WireFiles.Names}).");
        }

        var folder = options.EngineCertificatesDir ?? Path.GetDirectoryName(Path.GetFullPath(ours.Authority))!;
        var files = new WireFiles(ours.Authority, Path.Combine(folder, $"engine-{accountId}.crt"), Path.Combine(folder, $"engine-{accountId}.key"));
        return File.Exists(files.Certificate) && File.Exists(files.Key)
            ? files
            : throw PodDriverException.Refused(
                $"{folder} holds no engine-{accountId}.crt with its .key: make them with \"mao cert make --out FOLDER --account {accountId}\".");
    }
}
