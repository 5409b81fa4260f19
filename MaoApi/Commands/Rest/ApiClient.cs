using System.Net.Http.Headers;
using System.Text.Json;

namespace MaoApi.Commands.Rest;

/// <summary>The gateway's routes, for one log-in. A session it opened it also ends.</summary>
internal sealed class ApiClient : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private string? _refreshToken;

    public ApiClient(Uri url, TimeProvider time)
    {
        // The whole of a long download may take its time; each call has its own deadline.
        _http = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _time = time;
    }

    public void UseToken(string token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var session = await PostAsync("/auth/login", new { user, password }, cancellationToken);
        UseToken(session.GetProperty("accessToken").GetString()!);
        _refreshToken = session.GetProperty("refreshToken").GetString();
    }

    /// <summary>The data of an answer.</summary>
    /// <exception cref="CommandException">It was refused.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <summary>The data of an answer.</summary>
    /// <exception cref="CommandException">It was refused.</exception>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(() => Post(path, body), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    /// <summary>An answer whose body is read as it comes; only its head has a deadline. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(CallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
    }

    /// <summary>A body as JSON; members without a value are left out.</summary>
    public static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, CommandJson.Options))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        },
    };

    /// <summary>The data of an answer that was read whole, or why there is none.</summary>
    public static async Task<JsonElement> DataOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(
                await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            throw new CommandException(CommandExit.Unreachable, $"the answer is not from a gateway (HTTP {(int)response.StatusCode})");
        }

        return response.IsSuccessStatusCode && body.TryGetProperty("data", out var data) ? data : throw ApiRefusal.Of(response.StatusCode, body);
    }

    public async ValueTask DisposeAsync()
    {
        if (_refreshToken is not null)
        {
            try
            {
                using var deadline = new CancellationTokenSource(GoodbyeTimeout, _time);
                using var response = await _http.SendAsync(Post("/auth/logout", new { refreshToken = _refreshToken }), deadline.Token);
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                // The session ends by itself.
            }
        }

        _http.Dispose();
    }

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(CallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = make();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        return await DataOfAsync(response, either.Token);
    }
}
