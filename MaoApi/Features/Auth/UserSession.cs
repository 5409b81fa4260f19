using MaoApi.Auth;

namespace MaoApi.Features.Auth;

/// <summary>What a log-in or a refresh answers.</summary>
internal sealed record UserSession(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType, UserView User)
{
    public static UserSession Of(Caller caller, string refreshToken, TokenIssuer tokens) => new(
        tokens.Create(caller.UserId), refreshToken, (int)TokenIssuer.Lifetime.TotalSeconds, "Bearer", UserView.Of(caller));
}

/// <summary>A user as shown to themselves.</summary>
internal sealed record UserView(string UserId, string DisplayName, string Email, bool Admin, IReadOnlyList<CallerAccount> Accounts)
{
    public static UserView Of(Caller caller) => new(caller.UserId, caller.DisplayName, caller.Email, caller.IsAdmin, caller.Accounts);
}
