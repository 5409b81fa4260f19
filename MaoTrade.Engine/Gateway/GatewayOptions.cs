using MaoTrade.Engine.Hosting.Configuration;

namespace MaoTrade.Engine.Gateway;

/// <summary>Where the gateway is, and who this engine is to it.</summary>
/// <param name="Url">The gateway's address. Environment <c>GATEWAY_URL</c>, or <c>WS_BASEURL</c>.</param>
/// <param name="KeyFile">The file of the engine's key, <c>{"keyId","secret"}</c>. Environment <c>SERVICE_KEY_FILE</c>.</param>
public sealed record GatewayOptions(Uri Url, string KeyFile)
{
    /// <summary>Null where no gateway is named: the engine runs by <c>engine.json</c> alone and keeps to itself what it has to tell.</summary>
    public static GatewayOptions? Read(Func<string, string?> environment, ICollection<string> faults)
    {
        var verifies = ContainerVariables.Flag("WS_SSL_VERIFY", otherwise: true, environment, faults);
        var name = environment("GATEWAY_URL") is { Length: > 0 } ? "GATEWAY_URL" : "WS_BASEURL";
        if (environment(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"{name}: an address of http or https is expected, not '{text}'");
            return null;
        }

        if (environment("SERVICE_KEY_FILE") is not { Length: > 0 } file)
        {
            faults.Add($"SERVICE_KEY_FILE: the file of the engine's key is expected with {name}");
            return null;
        }

        return new GatewayOptions(url, file) { VerifiesCertificate = verifies };
    }

    /// <summary>Whether the certificate of an https gateway is looked at. Environment <c>WS_SSL_VERIFY</c>. Default true; false is for trying out alone.</summary>
    public bool VerifiesCertificate { get; init; } = true;
}
