using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MaoTrade.Engine.Gateway;

/// <summary>Calls the gateway's <c>/mt</c>, each call signed, with a deadline and a bound on the answer. Thread-safe.</summary>
internal sealed class GatewayClient(GatewayOptions options, TimeProvider time) : IDisposable
{
    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DownloadDeadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(Handler(options))
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>The account's configuration; null where it is still the one with that tag.</summary>
    /// <exception cref="GatewayException">It was not to be had.</exception>
    public async Task<GatewayCopy?> GetConfigAsync(string? tag, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "/mt/config", []);
        if (tag is not null && EntityTagHeaderValue.TryParse(tag, out var known))
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        var (status, answerTag, body) = await SendAsync(request, cancellationToken);
        if (status == HttpStatusCode.NotModified)
        {
            return null;
        }

        var account = Read(status, body, GatewayJson.Default.GatewayAnswerGatewayAccount);
        return new GatewayCopy(answerTag, account);
    }

    /// <summary>Writes a model's file; what is there afterwards is whole only if its digest agrees.</summary>
    /// <param name="sha256">Digest of the file.</param>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="mostBytes">A longer file is refused.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GatewayException">It was not to be had.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task GetModelAsync(string sha256, string path, long mostBytes, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, $"/mt/model?sha256={sha256}", []);
        using var deadline = new CancellationTokenSource(DownloadDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentLength is not { } size || size > mostBytes)
            {
                throw new GatewayException($"the gateway answers {(int)response.StatusCode} with {response.Content.Headers.ContentLength?.ToString() ?? "unknown"} bytes");
            }

            await using var file = new FileStream(path, FileMode.CreateNew);
            await response.Content.CopyToAsync(file, either.Token);
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            throw new GatewayException(fault.Message, fault);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException($"the gateway did not send the model within {DownloadDeadline.TotalSeconds} s", late);
        }
    }

    /// <summary>Tells events; what became of each.</summary>
    /// <exception cref="GatewayException">They were not taken.</exception>
    public async Task<EventAnswer> TellAsync(EventBatch events, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, "/mt/event", JsonSerializer.SerializeToUtf8Bytes(events, GatewayJson.Default.EventBatch));
        var (status, _, body) = await SendAsync(request, cancellationToken);
        return Read(status, body, GatewayJson.Default.GatewayAnswerEventAnswer);
    }

    /// <summary>Hands bars over for the history; what became of those of each epic and length.</summary>
    /// <exception cref="GatewayException">They were not taken.</exception>
    public async Task<BarAnswer> StoreAsync(BarBatch bars, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, "/mt/bars", JsonSerializer.SerializeToUtf8Bytes(bars, GatewayJson.Default.BarBatch));
        var (status, _, body) = await SendAsync(request, cancellationToken);
        return Read(status, body, GatewayJson.Default.GatewayAnswerBarAnswer);
    }

    /// <summary>Tells a day's figures. False where the gateway will never take them.</summary>
    /// <exception cref="GatewayException">They were not taken now.</exception>
    public async Task<bool> SummarizeAsync(string summary, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, "/mt/summary", Encoding.UTF8.GetBytes(summary));
        var (status, _, _) = await SendAsync(request, cancellationToken);
        return status switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.UnprocessableEntity => false,
            _ => throw new GatewayException($"the gateway answers {(int)status}"),
        };
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(GatewayOptions options)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        if (!options.VerifiesCertificate)
        {
#pragma warning disable CA5359 // The operator has asked for it by WS_SSL_VERIFY=false.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static T Read<T>(HttpStatusCode status, byte[] body, JsonTypeInfo<GatewayAnswer<T>> type)
    {
        if (status != HttpStatusCode.OK)
        {
            throw new GatewayException($"the gateway answers {(int)status}");
        }

        try
        {
            var answer = JsonSerializer.Deserialize(body, type);
            return answer is { Code: 0, Data: { } data } ? data : throw new GatewayException($"the gateway answers code {answer?.Code}");
        }
        catch (JsonException fault)
        {
            throw new GatewayException("the gateway's answer cannot be read", fault);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, byte[] body)
    {
        var request = new HttpRequestMessage(method, new Uri(options.Url, path));
        if (method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        try
        {
            ServiceKey.Read(options.KeyFile).Sign(request, body, time.GetUtcNow());
            return request;
        }
        catch (IOException fault)
        {
            request.Dispose();
            throw new GatewayException(fault.Message, fault);
        }
    }

    private async Task<(HttpStatusCode Status, string? Tag, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return (response.StatusCode, response.Headers.ETag?.ToString(), await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException fault)
        {
            throw new GatewayException(fault.Message, fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException($"the gateway did not answer within {Deadline.TotalSeconds} s");
        }
    }
}
