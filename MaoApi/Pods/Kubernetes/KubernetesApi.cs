using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Kubernetes;

/// <summary>
/// The API of a cluster, as the service account of this pod: its token is read anew before it is a minute old, because Kubernetes changes
/// it; the server must prove itself with the cluster's own authority. Every call has a deadline. Thread-safe.
/// </summary>
internal sealed class KubernetesApi : IDisposable
{
    private const string FieldManager = "mao-pod";
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly KubernetesOptions _options;
    private readonly TimeProvider _time;
    private readonly ManagerAnswers _answers;
    private readonly Lock _lock = new();
    private string? _token;
    private long _tokenRead;

    public KubernetesApi(PodOptions options, TimeProvider time)
        : this(options.Kubernetes, TimeSpan.FromSeconds(20), time)
    {
    }

    /// <summary>Speaks to one cluster.</summary>
    /// <param name="options">Where it is and what proves us.</param>
    /// <param name="timeout">Deadline of an answer.</param>
    /// <param name="time">The clock.</param>
    internal KubernetesApi(KubernetesOptions options, TimeSpan timeout, TimeProvider time)
    {
        _options = options;
        _time = time;
        _answers = new ManagerAnswers($"The Kubernetes API at {options.Server}", timeout, time);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTheCluster },
        };
        _http = new HttpClient(handler) { BaseAddress = options.Server, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Namespace of engines.</summary>
    public string Namespace => _options.Namespace ?? ReadCredential("namespace");

    /// <summary>The object; null where there is none.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        }
        catch (KubernetesRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Makes the object what is said here, and leaves alone what is not: the server keeps apart who set what.</summary>
    public Task<JsonNode?> ApplyAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={FieldManager}&force=true", Content(body, "application/apply-patch+yaml"), cancellationToken);

    /// <summary>Changes members; with the version it was read with, somebody else's change in between is a conflict.</summary>
    public Task<JsonNode?> MergeAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={FieldManager}", Content(body, "application/merge-patch+json"), cancellationToken);

    /// <summary>Removes the object; one that is gone is no fault.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => DeleteAsync(path, content: null, cancellationToken);

    /// <summary>Removes this one object; another one that has taken its name since is left alone.</summary>
    public async Task DeleteAsync(string path, string uid, CancellationToken cancellationToken)
    {
        var only = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["preconditions"] = new JsonObject { ["uid"] = uid } };
        try
        {
            await DeleteAsync(path, Content(only, "application/json"), cancellationToken);
        }
        catch (KubernetesRefusalException refusal) when (refusal.Status == HttpStatusCode.Conflict)
        {
            // Gone, and another one is there.
        }
    }

    /// <summary>A stream that goes on until either side ends it; only its beginning has a deadline.</summary>
    public async Task<Stream> StreamAsync(string path, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task DeleteAsync(string path, Func<HttpContent>? content, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, path, content, cancellationToken);
        }
        catch (KubernetesRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            // Gone already.
        }
    }

    /// <summary>A log may be silent for hours: a connection that something in between has dropped must be noticed all the same.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] Content(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static Func<HttpContent> Content(JsonObject body, string type)
    {
        var bytes = Content(body);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken)
    {
        using var response = await AnswerAsync(() => new HttpRequestMessage(method, path) { Content = content?.Invoke() }, cancellationToken);
        var text = await _answers.BodyAsync(response, cancellationToken);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private async Task<HttpResponseMessage> AnswerAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var response = await TryAsync(request, Token(anew: false), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The token was changed since it was read.
            response.Dispose();
            response = await TryAsync(request, Token(anew: true), cancellationToken);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new KubernetesRefusalException(response.StatusCode, await _answers.MessageAsync(response, cancellationToken));
        }
    }

    private async Task<HttpResponseMessage> TryAsync(Func<HttpRequestMessage> request, string token, CancellationToken cancellationToken)
    {
        using var message = request();
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await _answers.AskAsync(_http, message, cancellationToken);
    }

    private string Token(bool anew)
    {
        lock (_lock)
        {
            if (anew || _token is null || _time.GetElapsedTime(_tokenRead) > TokenAge)
            {
                _token = ReadCredential("token");
                _tokenRead = _time.GetTimestamp();
            }

            return _token;
        }
    }

    private string ReadCredential(string name)
    {
        var path = Path.Combine(_options.Credentials, name);
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw PodDriverException.Refused($"The service account's {name} cannot be read (POD_SERVICE_ACCOUNT_DIR): {fault.Message}");
        }
    }

    private bool IsTheCluster(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.ImportFromPemFile(Path.Combine(_options.Credentials, "ca.crt"));
        using var presented = new X509Certificate2(certificate);
        return own.Build(presented);
    }
}
