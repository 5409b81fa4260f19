namespace MaoTrade.Engine.Gateway;

/// <summary>Where the gateway is, and who this engine is to it.</summary>
/// <param name="Url">The gateway's address. Environment <c>GATEWAY_URL</c>.</param>
/// <param name="KeyFile">The file of the engine's key, <c>{"keyId","secret"}</c>. Environment <c>SERVICE_KEY_FILE</c>.</param>
public sealed record GatewayOptions(Uri Url, string KeyFile)
{
    /// <summary>Null where no gateway is named: the engine runs by <c>engine.json</c> alone and keeps to itself what it has to tell.</summary>
    public static GatewayOptions? Read(Func<string, string?> environment, ICollection<string> faults)
    {
        if (environment("GATEWAY_URL") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"GATEWAY_URL: an address of http or https is expected, not '{text}'");
            return null;
        }

        if (environment("SERVICE_KEY_FILE") is not { Length: > 0 } file)
        {
            faults.Add("SERVICE_KEY_FILE: the file of the engine's key is expected with GATEWAY_URL");
            return null;
        }

        return new GatewayOptions(url, file);
    }
}
