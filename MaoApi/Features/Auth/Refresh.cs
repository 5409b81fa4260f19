using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Auth;

public sealed record RefreshRequest
{
    [Required]
    [StringLength(128)]
    public string? RefreshToken { get; init; }
}

internal static class Refresh
{
    public static async Task<Answer<UserSession>> HandleAsync(
        RefreshRequest request,
        HttpContext http,
        Sessions sessions,
        UserDirectory users,
        TokenIssuer tokens,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (await sessions.RenewAsync(request.RefreshToken!, address, cancellationToken) is not { } renewal
            || await users.FindAsync(renewal.UserId, cancellationToken) is not { } caller)
        {
            return new Failure(ApiCodes.Unauthenticated, "the refresh token is unknown, over or was used before");
        }

        return UserStanding.Refusal(caller.Status, caller.ValidUntil, time.GetUtcNow()) is { } refusal
            ? Failure.Of(refusal)
            : UserSession.Of(caller, renewal.RefreshToken, tokens);
    }
}
