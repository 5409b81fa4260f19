using MaoApi.Hosting;

namespace MaoApi.Auth.Services;

/// <summary>The classic way services prove themselves; off unless a phrase is given.</summary>
internal sealed record ClassicCertificateOptions
{
    /// <summary>The phrase shared with classic services. Default none: the certificate opens nothing. <c>SERVICE_CERT_PHRASE</c>, <c>SERVICE_CERT_PHRASE_FILE</c>.</summary>
    public string? Phrase { get; init; }

    public static ClassicCertificateOptions Read(SettingsReader settings) => new() { Phrase = settings.Secret("SERVICE_CERT_PHRASE") };
}
