using System.Security.Cryptography;
using System.Text;
using MaoApi.Auth;

namespace MaoApi.Idempotency;

/// <summary>The id an engine knows an order by, so that a second order with the same id is the same order.</summary>
internal static class OrderIds
{
    private const int HashBytes = 20;

    /// <summary>
    /// The caller's own id; without one, the id its idempotency key leads to, the same at every instance and after every restart; without
    /// that, a new one, so that the gateway's own retry cannot order twice.
    /// </summary>
    public static string OrderId(this HttpContext http, string? given)
    {
        if (given is not null)
        {
            return given;
        }

        return http.Features.Get<IdempotencyKey>() is { } key
            ? "key-" + Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{key.Caller}\n{http.Account().AccountId}\n{http.Request.Path}\n{key.Key}")).AsSpan(0, HashBytes))
            : Guid.CreateVersion7().ToString("N");
    }
}
