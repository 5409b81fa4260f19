using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>
/// The HTTP interface of a Docker engine over its socket, in the newest version both sides know. Every call has a deadline; no answer and
/// an answer that says no are both told with <see cref="PodDriverException"/>, the one as being away, the other with Docker's own words.
/// Thread-safe.
/// </summary>
internal sealed class DockerApi : IDisposable
{
    /// <summary>The oldest interface that has all we need, of Docker 19.03.</summary>
    private static readonly Version Oldest = new(1, 40);

    /// <summary>The newest interface this was written for.</summary>
    private static readonly Version Newest = new(1, 52);

    private readonly HttpClient _http;
    private readonly string _socket;
    private readonly ManagerAnswers _answers;
    private string? _version;

    public DockerApi(PodOptions options, TimeProvider time)
        : this(options.Docker.Socket, TimeSpan.FromSeconds(20), time)
    {
    }

    /// <summary>Speaks to one socket.</summary>
    /// <param name="socket">Path of the socket.</param>
    /// <param name="timeout">Deadline of an answer; creating and stopping may take longer by what they wait for.</param>
    /// <param name="time">The clock.</param>
    internal DockerApi(string socket, TimeSpan timeout, TimeProvider time)
    {
        _socket = socket;
        _answers = new ManagerAnswers($"The Docker engine at {socket}", timeout, time);
        _http = new HttpClient(Handler(socket)) { BaseAddress = new Uri("http://docker/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>HTTP over a socket of this machine, whatever the address says.</summary>
    public static SocketsHttpHandler Handler(string socket) => new()
    {
        ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken),
        UseProxy = false,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    };

    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode?> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, Json(body), cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Sends a tape archive that is unpacked in a container.</summary>
    public Task PutArchiveAsync(string path, byte[] archive, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new("application/x-tar");
        return SendAsync(HttpMethod.Put, path, content, cancellationToken);
    }

    /// <summary>The thing's description; null where there is no such thing.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (DockerRefusalException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A stream that goes on until either side ends it; only its beginning has a deadline.</summary>
    public async Task<Stream> StreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await VersionedAsync(path, cancellationToken));
        var response = await AnswerAsync(request, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>Filters as Docker reads them.</summary>
    public static string Filters(params (string Name, string Value)[] filters) => Uri.EscapeDataString(JsonSerializer.Serialize(
        filters.GroupBy(filter => filter.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(filter => filter.Value), StringComparer.Ordinal)));

    public void Dispose() => _http.Dispose();

    private static StringContent? Json(JsonNode? body) =>
        body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, await VersionedAsync(path, cancellationToken)) { Content = content };
        using var response = await AnswerAsync(request, cancellationToken);
        var text = await _answers.BodyAsync(response, cancellationToken);
        return text.Length == 0 || text[0] is not ('{' or '[') ? null : JsonNode.Parse(text);
    }

    private async Task<string> VersionedAsync(string path, CancellationToken cancellationToken)
    {
        if (_version is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "_ping");
            using var response = await AnswerAsync(request, cancellationToken);
            var said = response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : "";
            if (!Version.TryParse(said, out var theirs) || theirs < Oldest)
            {
                throw PodDriverException.Refused($"The Docker engine at {_socket} speaks version '{said}' of its interface; {Oldest} or newer is needed.");
            }

            _version = (theirs < Newest ? theirs : Newest).ToString();
        }

        return $"v{_version}/{path}";
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _answers.AskAsync(_http, request, cancellationToken);
        }
        catch (PodDriverException away) when (away.InnerException is HttpRequestException)
        {
            // After an absence it may come back as another version.
            _version = null;
            throw;
        }

        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw new DockerRefusalException(response.StatusCode, await _answers.MessageAsync(response, cancellationToken));
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
