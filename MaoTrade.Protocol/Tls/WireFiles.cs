namespace MaoTrade.Protocol.Tls;

/// <summary>The PEM files one side of the wire proves itself and knows the other with.</summary>
/// <param name="Authority">Certificate of the authority that signed both sides' certificates. Environment <c>WIRE_TLS_CA</c>.</param>
/// <param name="Certificate">This side's certificate, signed by the authority itself. Environment <c>WIRE_TLS_CERT</c>.</param>
/// <param name="Key">Its private key. Environment <c>WIRE_TLS_KEY</c>.</param>
public sealed record WireFiles(string Authority, string Certificate, string Key)
{
    private const string AuthorityName = "WIRE_TLS_CA";
    private const string CertificateName = "WIRE_TLS_CERT";
    private const string KeyName = "WIRE_TLS_KEY";

    /// <summary>What an error says that asks for them.</summary>
    public const string Names = $"{AuthorityName}, {CertificateName} and {KeyName}";

    /// <summary>The variables that name them.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [AuthorityName] = Authority,
        [CertificateName] = Certificate,
        [KeyName] = Key,
    };

    /// <summary>The files the environment names; null where it names none, or only some, which is a fault.</summary>
    /// <param name="environment">Variables by name; a missing one is null or empty.</param>
    /// <param name="fault">Takes what is wrong.</param>
    public static WireFiles? Read(Func<string, string?> environment, Action<string> fault)
    {
        var (authority, certificate, key) = (environment(AuthorityName), environment(CertificateName), environment(KeyName));
        if (authority is { Length: > 0 } && certificate is { Length: > 0 } && key is { Length: > 0 })
        {
            return new WireFiles(authority, certificate, key);
        }

        if (authority is { Length: > 0 } || certificate is { Length: > 0 } || key is { Length: > 0 })
        {
            fault($"{Names}: all three or none are expected");
        }

        return null;
    }
}
