using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MaoTrade.Protocol.Tls;

/// <summary>
/// One side of the wire under TLS: its own certificate and the authority of both. Files that have changed are read again, so a renewed
/// certificate needs no restart; files that cannot be read leave what is in use. Safe from any thread.
/// </summary>
public sealed class WireIdentity
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly WireFiles _files;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Pair _pair;
    private long _lookedAt;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no certificate, or the key is another one's.</exception>
    public WireIdentity(WireFiles files, TimeProvider time)
    {
        _files = files;
        _time = time;
        _pair = Read(files);
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Whether an address can only be reached from this machine; the wire is plain there and under TLS everywhere else.</summary>
    /// <param name="host">Name or address.</param>
    public static bool IsLocal(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Why this side's own certificate would be refused; null when it is in order.</summary>
    /// <param name="name">The name it must bear.</param>
    /// <param name="isServer">Whether this side is the engine.</param>
    public string? Fault(string name, bool isServer)
    {
        var pair = Current();
        return WireCertificate.Fault(pair.Certificate, pair.Authority, name, isServer, _time.GetUtcNow());
    }

    /// <summary>How the gateway connects to the engine of an account.</summary>
    public SslClientAuthenticationOptions ToEngine(string accountId)
    {
        var name = WireNames.Engine(accountId);
        return new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = Protocols,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => Current().Certificate,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(
                certificate, name, isServer: true, reason => throw new AuthenticationException($"the engine was refused: {reason}")),
        };
    }

    /// <summary>How an engine takes connections of gateways.</summary>
    /// <param name="refused">Is told why a connection was refused.</param>
    public SslServerAuthenticationOptions OfGateways(Action<string> refused) => new()
    {
        ServerCertificate = Current().Certificate,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Protocols,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate, WireNames.Gateway, isServer: false, refused),
    };

    private static Pair Read(WireFiles files)
    {
        // The libraries below do not say which of them is missing.
        if (new[] { files.Authority, files.Certificate, files.Key }.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            throw new FileNotFoundException($"there is no file {missing}");
        }

        var written = (File.GetLastWriteTimeUtc(files.Authority), File.GetLastWriteTimeUtc(files.Certificate), File.GetLastWriteTimeUtc(files.Key));
        return new Pair(
            X509CertificateLoader.LoadCertificateFromFile(files.Authority), X509Certificate2.CreateFromPemFile(files.Certificate, files.Key), written);
    }

    private bool Accepts(X509Certificate? certificate, string name, bool isServer, Action<string> refused)
    {
        var fault = WireCertificate.Fault(certificate as X509Certificate2, Current().Authority, name, isServer, _time.GetUtcNow());
        if (fault is not null)
        {
            refused(fault);
        }

        return fault is null;
    }

    /// <summary>The former certificates are left to the collector: handshakes may still hold them.</summary>
    private Pair Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lookedAt) >= LookInterval)
            {
                _lookedAt = _time.GetTimestamp();
                try
                {
                    var fresh = Read(_files);
                    _pair = fresh.Written == _pair.Written ? _pair : fresh;
                }
                catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    // Half-written files are read again at the next look.
                }
            }

            return _pair;
        }
    }

    private sealed record Pair(X509Certificate2 Authority, X509Certificate2 Certificate, (DateTime Authority, DateTime Certificate, DateTime Key) Written);
}
