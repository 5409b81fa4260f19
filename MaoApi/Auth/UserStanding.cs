using MaoApi.Data.Entities;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>Whether a user's row lets them in.</summary>
internal static class UserStanding
{
    /// <summary>The reason to refuse, or null.</summary>
    public static ApiCode? Refusal(UserStatus status, DateTimeOffset? validUntil, DateTimeOffset now) => status switch
    {
        UserStatus.Blocked => ApiCodes.Blocked,
        not UserStatus.Active => ApiCodes.Inactive,
        _ => validUntil <= now ? ApiCodes.Expired : null,
    };
}
