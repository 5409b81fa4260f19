namespace MaoApi.Outbound;

/// <summary>Calls servers an administrator named, such as Google's or Telegram's. Redirects are not followed: they would carry a secret elsewhere. Thread-safe.</summary>
internal sealed class ProviderHttp(TimeProvider time) : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="HttpRequestException">There is no server, or its answer breaks off or is too long.</exception>
    /// <exception cref="TimeoutException">The answer was not whole in time.</exception>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MostBytes, either.Token);
            return new OutboundAnswer((int)response.StatusCode, body, RetryAdvice.Of(response.Headers.RetryAfter, time));
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no whole answer within {Deadline.TotalSeconds} s", late);
        }
    }

    public void Dispose() => _client.Dispose();
}
