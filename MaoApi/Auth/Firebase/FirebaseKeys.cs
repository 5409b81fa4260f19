using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth.Firebase;

/// <summary>
/// The certificates Google signs ID tokens with, kept as long as Google says. However many ask, one fetch is under way at a time. While Google
/// is away the keys it published last are good for another day. A key nobody has heard of is asked for at most every ten seconds, so that
/// strangers' tokens cannot make us call.
/// </summary>
internal sealed partial class FirebaseKeys(FirebaseOptions options, HttpClient http, TimeProvider time, ILogger<FirebaseKeys> logger)
{
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan MaxStale = TimeSpan.FromHours(24);

    private const int MaxAnswerBytes = 256 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private volatile Published _published = new(FrozenDictionary<string, PublishedKey>.Empty, DateTimeOffset.MinValue);
    private Task _fetch = Task.CompletedTask;
    private long? _triedAt;

    /// <summary>The key of that id, or null where Google has not published it or it is over.</summary>
    /// <exception cref="IdentityUnavailableException">Google cannot be asked, and what it published last does not tell.</exception>
    public async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _published.FreshUntil && Find(keyId, now) is { } fresh)
        {
            return fresh;
        }

        // A key known from before serves at once, the answer to the fetch will serve the next; an unknown one has to wait for it.
        var fetch = FetchOnce();
        if (Find(keyId, now) is { } stale)
        {
            return stale;
        }

        await fetch.WaitAsync(cancellationToken);
        return Find(keyId, now)
            ?? (now < _published.FreshUntil
                ? null
                : throw new IdentityUnavailableException($"the keys of Firebase's tokens cannot be had from {options.Keys}"));
    }

    private SecurityKey? Find(string keyId, DateTimeOffset now)
    {
        var published = _published;
        return now < published.FreshUntil + MaxStale && published.Keys.TryGetValue(keyId, out var key) && key.From <= now && now < key.Until
            ? key.Key
            : null;
    }

    /// <summary>The fetch under way, or a new one where the last was long enough ago.</summary>
    private Task FetchOnce()
    {
        lock (_lock)
        {
            if (_fetch.IsCompleted && (_triedAt is not { } tried || time.GetElapsedTime(tried) >= MinInterval))
            {
                _triedAt = time.GetTimestamp();
                _fetch = FetchAsync();
            }

            return _fetch;
        }
    }

    /// <summary>Never fails: what went wrong is a line in the log, and the keys stay what they were.</summary>
    private async Task FetchAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(Timeout, time);
            using var response = await http.GetAsync(options.Keys, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, deadline.Token);
            var certificates = await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(deadline.Token);
            var keys = (certificates ?? []).ToFrozenDictionary(pair => pair.Key, pair => Read(pair.Key, pair.Value), StringComparer.Ordinal);
            if (keys.Count == 0)
            {
                throw new InvalidDataException("the answer holds no keys");
            }

            _published = new Published(keys, time.GetUtcNow() + Age(response.Headers.CacheControl));
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or InvalidDataException or JsonException
            or CryptographicException)
        {
            NotFetched(logger, options.Keys, fault.Message);
        }
    }

    private static TimeSpan Age(CacheControlHeaderValue? caching) => caching?.MaxAge is not { } age || age <= TimeSpan.Zero
        ? DefaultAge
        : age > MaxAge ? MaxAge : age;

    private static PublishedKey Read(string keyId, string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var rsa = certificate.GetRSAPublicKey() ?? throw new InvalidDataException($"certificate {keyId} holds no RSA key");
        return new PublishedKey(
            new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = keyId },
            new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    [LoggerMessage(3140, LogLevel.Warning, "The keys of Firebase's tokens were not fetched from {Url}: {Reason}")]
    private static partial void NotFetched(ILogger logger, Uri url, string reason);

    private sealed record Published(FrozenDictionary<string, PublishedKey> Keys, DateTimeOffset FreshUntil);

    private sealed record PublishedKey(SecurityKey Key, DateTimeOffset From, DateTimeOffset Until);
}
