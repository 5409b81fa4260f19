using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Auth;

public sealed record LogOutRequest
{
    /// <summary>Left out, all sessions of the user end.</summary>
    [StringLength(128)]
    public string? RefreshToken { get; init; }
}

internal static class LogOut
{
    public static async Task<Answer<Nothing>> HandleAsync(
        LogOutRequest request, Caller caller, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(caller.UserKey, request.RefreshToken, cancellationToken);
        return new Nothing();
    }
}
