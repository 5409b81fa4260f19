using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Auth;

public sealed record LogOutRequest
{
    /// <summary>Left out, the user is logged out everywhere: all sessions end, and all access tokens within ten seconds.</summary>
    [StringLength(128)]
    public string? RefreshToken { get; init; }
}

internal static class LogOut
{
    public static async Task<Answer<Nothing>> HandleAsync(
        LogOutRequest request, Caller caller, Sessions sessions, CancellationToken cancellationToken)
    {
        if (request.RefreshToken is { } token)
        {
            await sessions.EndAsync(caller.UserKey, token, cancellationToken);
        }
        else
        {
            await sessions.EndAllAsync(caller.UserKey, cancellationToken);
        }

        return new Nothing();
    }
}
