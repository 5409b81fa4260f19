using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MaoApi.Outbound;

/// <summary>
/// Calls addresses that users or feeds gave. A name is resolved once and the connection goes to the very address that was judged, so that a
/// name which answers otherwise the second time leads nowhere; redirects are not followed, no proxy is asked, the answer is bounded in time
/// and size. Thread-safe.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    /// <summary>Longest answer to a message; a feed may be longer.</summary>
    public const int MostBytes = 64 * 1024;

    private const int MostHeaderKilobytes = 16;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepConnection = TimeSpan.FromSeconds(30);

    private readonly OutboundRules _rules;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public OutboundHttp(OutboundOptions options, OutboundRules rules, TimeProvider time)
        : this(options, rules, time, Dns.GetHostAddressesAsync)
    {
    }

    internal OutboundHttp(
        OutboundOptions options, OutboundRules rules, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _rules = rules;
        _resolve = resolve;
        _time = time;
        _client = new HttpClient(CreateHandler(options.Authorities)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="OutboundRefusedException">The address must not be called.</exception>
    /// <exception cref="HttpRequestException">There is no server, or its answer breaks off or is too long.</exception>
    /// <exception cref="TimeoutException">The answer was not whole in time.</exception>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken, int mostBytes = MostBytes)
    {
        if (_rules.Problem(request.RequestUri!) is { } problem)
        {
            throw new OutboundRefusedException(problem);
        }

        using var deadline = new CancellationTokenSource(Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, mostBytes, either.Token);
            return OutboundAnswer.Of(response, body, _time);
        }
        catch (HttpRequestException fault) when (fault.InnerException is OutboundRefusedException refused)
        {
            throw new OutboundRefusedException(refused.Message, fault);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no whole answer within {Deadline.TotalSeconds} s", late);
        }
    }

    public void Dispose() => _client.Dispose();

    private SocketsHttpHandler CreateHandler(X509Certificate2Collection authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = KeepConnection,
            PooledConnectionIdleTimeout = KeepConnection,
            ConnectCallback = ConnectAsync,
        };
        if (authorities.Count > 0)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = TrustAlso(authorities) };
        }

        return handler;
    }

    /// <summary>Trusts what the system trusts, and certificates of these authorities; a wrong name is never trusted.</summary>
    private static RemoteCertificateValidationCallback TrustAlso(X509Certificate2Collection authorities) => (_, certificate, sent, errors) =>
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        }

        return chain.Build(leaf);
    };

    /// <summary>Resolves, judges every address found, and connects to those and no others. One closed address among them closes the name.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken);
        if (addresses.Length == 0 || Array.Exists(addresses, address => !_rules.MayConnect(host, port, address)))
        {
            throw new OutboundRefusedException($"{host} does not lie in the public Internet");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
