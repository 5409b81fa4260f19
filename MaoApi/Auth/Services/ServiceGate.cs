using System.Security.Cryptography;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MaoApi.Auth.Services;

/// <summary>
/// Lets a service reach a route of its scope. A signed request is good for half a minute before and after its timestamp, once. A key that
/// does not exist costs the same work as a wrong signature.
/// </summary>
internal sealed class ServiceGate(ServiceKeys keys, Nonces nonces, ClassicCertificate certificate, TimeProvider time)
{
    private const long MaxSkewSeconds = 30;
    private const int MaxBodyBytes = 1024 * 1024;
    private const string Challenge = "MAO-HMAC-SHA256";

    private static readonly byte[] NoSecret = RandomNumberGenerator.GetBytes(ServiceSignature.Bytes);

    /// <summary>Requests signed before this process began are refused: whether they came before, nobody here knows.</summary>
    private readonly long _startedSeconds = time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The reason to refuse, or null; then the caller is a feature of the request.</summary>
    public async ValueTask<Failure?> RefuseAsync(HttpContext context, RouteEndpoint route, AccessLevel level)
    {
        if (!SignedHeaders.ArePresent(context.Request) && certificate.IsValid(context.Request))
        {
            context.Features.Set(ClassicCertificate.Caller);
            return ClassicCertificate.Opens(level, context.Request.Method, route) ? null : Failure.Of(ApiCodes.Forbidden);
        }

        var (caller, refusal) = await AuthenticateAsync(context);
        if (caller is null)
        {
            return Failure.Of(refusal!) with { Challenge = Challenge };
        }

        if (!Opens(caller, level))
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        context.Features.Set(caller);
        return null;
    }

    private static bool Opens(ServiceCaller caller, AccessLevel level) => level switch
    {
        AccessLevel.Service => caller.Scope == ServiceScopes.Services,
        AccessLevel.Monitor or AccessLevel.LocalOrMonitor => caller.Scope == ServiceScopes.Monitor,
        AccessLevel.Engine => caller.AccountId is not null,
        _ => false,
    };

    private async ValueTask<(ServiceCaller? Caller, ApiCode? Refusal)> AuthenticateAsync(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (SignedHeaders.Read(request) is not { } claim || !IsTimely(claim.UnixSeconds) || !target.StartsWith('/'))
        {
            return (null, ApiCodes.Unauthenticated);
        }

        var body = await ReadBodyAsync(request, context.RequestAborted);
        var text = ServiceSignature.Text(request.Method, target, SHA256.HashData(body), claim.Timestamp, claim.Nonce);
        var key = await keys.FindAsync(claim.KeyId, context.RequestAborted);
        var now = time.GetUtcNow();
        if (!IsSigned(key, text, claim.Signature, now))
        {
            return (null, ApiCodes.Unauthenticated);
        }

        if (key!.Refusal(now) is { } refusal)
        {
            return (null, refusal);
        }

        return nonces.Use(claim.KeyId, claim.Nonce) switch
        {
            NonceUse.Fresh => (key.Caller, null),
            NonceUse.TooMany => (null, ApiCodes.RateLimited),
            _ => (null, ApiCodes.Unauthenticated),
        };
    }

    private bool IsTimely(long seconds) =>
        Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= MaxSkewSeconds && seconds >= _startedSeconds;

    /// <summary>Compares with both secrets a key may have, found or not, whatever the first comparison says.</summary>
    private static bool IsSigned(ServiceKeyEntry? key, byte[] text, byte[] signature, DateTimeOffset now)
    {
        var present = Matches(key?.Secret ?? NoSecret, text, signature);
        var previous = Matches(key?.Previous ?? NoSecret, text, signature);
        return key is not null & (present | (previous & key?.Previous is not null & now < key?.PreviousUntil));
    }

    private static bool Matches(byte[] secret, byte[] text, byte[] signature) =>
        CryptographicOperations.FixedTimeEquals(ServiceSignature.Compute(secret, text), signature);

    /// <summary>Reads the whole body, which the handler then reads again. Kestrel refuses one over the limit; so does this, whatever its length says.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return [];
        }

        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MaxBodyBytes));
        var chunk = new byte[4096];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > MaxBodyBytes)
            {
                throw new BadHttpRequestException("body too large", StatusCodes.Status413PayloadTooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        var body = buffer.ToArray();
        request.Body = new MemoryStream(body, writable: false);
        return body;
    }
}
