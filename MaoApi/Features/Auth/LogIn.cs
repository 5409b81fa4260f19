using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Auth;

public sealed record LogInRequest
{
    [Required]
    [StringLength(128)]
    public string? User { get; init; }

    [Required]
    [StringLength(256)]
    public string? Password { get; init; }

    /// <summary>Keeps the session for 30 days instead of 12 hours.</summary>
    public bool RememberMe { get; init; }

    [StringLength(128)]
    public string? DeviceId { get; init; }
}

internal static class LogIn
{
    public static async Task<Answer<UserSession>> HandleAsync(
        LogInRequest request,
        HttpContext http,
        IDbContextFactory<MaoHomeContext> contexts,
        LoginAttempts attempts,
        Passwords passwords,
        UserDirectory users,
        Sessions sessions,
        TokenIssuer tokens,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var userId = request.User!;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "-";
        if (attempts.Begin(userId, address) is { } locked)
        {
            return Failure.Of(ApiCodes.LockedOut) with { RetryAfter = locked };
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var credential = await context.Credentials.Include(row => row.User)
            .SingleOrDefaultAsync(row => row.User!.UserId == userId, cancellationToken);
        var proven = await passwords.VerifyAsync(credential, request.Password!, cancellationToken);
        var now = time.GetUtcNow();
        if (credential?.LockedUntil is { } until && until > now)
        {
            return Failure.Of(ApiCodes.LockedOut) with { RetryAfter = until - now };
        }

        if (!proven)
        {
            await RememberFailureAsync(context, credential, attempts.LockedUntil(userId), cancellationToken);
            return new Failure(ApiCodes.Unauthenticated, "wrong user or password");
        }

        attempts.Succeed(userId, address);
        var user = credential!.User!;
        if (UserStanding.Refusal(user.Status, user.ValidUntil, now) is { } refusal)
        {
            return Failure.Of(refusal);
        }

        credential.Failed = 0;
        credential.LockedUntil = null;
        credential.LastLogin = now;
        credential.LoginCount++;
        var refreshToken = sessions.Open(context, credential.UserKey, request.RememberMe, address, Device(request, http));
        await context.SaveChangesAsync(cancellationToken);
        await context.Sessions.Where(row => row.UserKey == credential.UserKey && row.Expires < now).ExecuteDeleteAsync(cancellationToken);

        users.Drop(userId);
        return UserSession.Of((await users.FindAsync(userId, cancellationToken))!, refreshToken, tokens);
    }

    /// <summary>The device the session is noted for: told in the body, otherwise by the header every request carries.</summary>
    private static string? Device(LogInRequest request, HttpContext http) =>
        request.DeviceId ?? (http.Request.Headers["deviceid"].ToString() is { Length: > 0 and <= 128 } device ? LogText.Clean(device) : null);

    /// <summary>A lock outlives a restart of the gateway.</summary>
    private static async Task RememberFailureAsync(
        MaoHomeContext context, Credential? credential, DateTimeOffset? lockedUntil, CancellationToken cancellationToken)
    {
        if (credential is not null)
        {
            credential.Failed++;
            credential.LockedUntil = lockedUntil ?? credential.LockedUntil;
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
