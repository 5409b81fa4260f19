namespace MaoApi.Hosting;

/// <summary>Encryption of the gateway's own port; without it a proxy in front does that.</summary>
internal sealed record TlsOptions
{
    /// <summary>Certificate chain, PEM. Read again when the file changes. Default none: plain HTTP. <c>MAO_TLS_CERT</c>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its private key, PEM. <c>MAO_TLS_KEY</c>.</summary>
    public string? KeyFile { get; init; }

    public bool IsOn => CertificateFile is not null;

    public static TlsOptions Read(SettingsReader settings)
    {
        var options = new TlsOptions { CertificateFile = settings.Text("MAO_TLS_CERT"), KeyFile = settings.Text("MAO_TLS_KEY") };
        if (options.CertificateFile is null != options.KeyFile is null)
        {
            settings.Fault("MAO_TLS_CERT and MAO_TLS_KEY: both or none");
        }

        foreach (var file in new[] { options.CertificateFile, options.KeyFile })
        {
            if (file is not null && !File.Exists(file))
            {
                settings.Fault($"MAO_TLS_CERT, MAO_TLS_KEY: there is no file '{file}'");
            }
        }

        return options;
    }
}
