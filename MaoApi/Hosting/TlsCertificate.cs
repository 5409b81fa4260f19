using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MaoApi.Hosting;

/// <summary>
/// The certificate of the gateway's port, read again when its files have changed: a renewed one needs no restart. Files that cannot be read
/// leave the one in use. Safe from any thread.
/// </summary>
internal sealed partial class TlsCertificate : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly TlsOptions _options;
    private readonly ILogger<TlsCertificate> _logger;
    private readonly ITimer _timer;
    private (DateTime Certificate, DateTime Key) _readAt;
    private volatile X509Certificate2 _current;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="CryptographicException">The files hold no certificate with its key.</exception>
    public TlsCertificate(TlsOptions options, TimeProvider time, ILogger<TlsCertificate> logger)
    {
        _options = options;
        _logger = logger;
        _readAt = Written();
        _current = Read();
        _timer = time.CreateTimer(static state => ((TlsCertificate)state!).Look(), this, LookInterval, LookInterval);
    }

    public X509Certificate2 Current => _current;

    public void Dispose()
    {
        _timer.Dispose();
        _current.Dispose();
    }

    private (DateTime Certificate, DateTime Key) Written() =>
        (File.GetLastWriteTimeUtc(_options.CertificateFile!), File.GetLastWriteTimeUtc(_options.KeyFile!));

    private X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(_options.CertificateFile!, _options.KeyFile);

    /// <summary>The former certificate is left to the collector: handshakes may still hold it.</summary>
    private void Look()
    {
        var written = Written();
        if (written == _readAt)
        {
            return;
        }

        try
        {
            _current = Read();
            _readAt = written;
            Renewed(_logger, _current.Subject, _current.NotAfter);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            NotRead(_logger, fault);
        }
    }

    [LoggerMessage(3252, LogLevel.Information, "The certificate was renewed: {Subject}, good until {NotAfter}")]
    private static partial void Renewed(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(3253, LogLevel.Error, "The certificate has changed but cannot be read; the former one stays in use")]
    private static partial void NotRead(ILogger logger, Exception fault);
}
