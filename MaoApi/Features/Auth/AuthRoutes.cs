using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Auth;

/// <summary><c>/auth</c>: the local issuer.</summary>
internal static class AuthRoutes
{
    private const string SessionExample =
        """
        {"code":0,"message":"","data":{"accessToken":"eyJ…","refreshToken":"3f…","expiresIn":900,"tokenType":"Bearer",
         "user":{"userId":"demo","displayName":"Demo","email":"demo@localhost","admin":false,
                 "accounts":[{"accountId":"demo1","role":"owner"}]}}}
        """;

    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/auth").WithTags("auth").RequireAccess(AccessLevel.Anyone);
        open.MapPost("/login", LogIn.HandleAsync)
            .Describe("Logs a user in", """{"user":"demo","password":"…"}""", SessionExample, ApiCodes.Unauthenticated, ApiCodes.LockedOut);
        open.MapPost("/refresh", Refresh.HandleAsync)
            .Describe("Exchanges a refresh token; each works once", """{"refreshToken":"3f…"}""", SessionExample, ApiCodes.Unauthenticated);

        var loggedIn = app.MapGroup("/auth").WithTags("auth").RequireAccess(AccessLevel.LoggedIn);
        loggedIn.MapPost("/logout", LogOut.HandleAsync)
            .Describe("Ends the session of a refresh token; without one, logs out everywhere", """{"refreshToken":"3f…"}""", """{"code":0,"message":"","data":{}}""");
        loggedIn.MapGet("/tokens", AccessTokens.ListAsync)
            .Describe(
                "The user's personal access tokens",
                null,
                """{"code":0,"message":"","data":{"items":[{"tokenId":"019…","name":"script","scope":"read","created":"2026-11-21T08:00:00Z","expires":"2027-02-19T08:00:00Z","revoked":false}]}}""");
        loggedIn.MapPost("/tokens", AccessTokens.CreateAsync)
            .Describe(
                "Makes a personal access token; it is told this once",
                """{"name":"script","scope":"read","days":90}""",
                """{"code":0,"message":"","data":{"tokenId":"019…","token":"mao_pat_…","name":"script","scope":"read","expires":"2027-02-19T08:00:00Z"}}""");
        loggedIn.MapDelete("/tokens/{tokenId}", AccessTokens.RevokeAsync)
            .Describe("Revokes a personal access token", null, """{"code":0,"message":"","data":{}}""", ApiCodes.EngineNotFound);

        var user = app.MapGroup("/auth").WithTags("auth").RequireAccess(AccessLevel.User);
        user.MapGet("/me", Me.Handle)
            .Describe(
                "The user behind the token",
                null,
                """{"code":0,"message":"","data":{"user":{"userId":"demo","displayName":"Demo","email":"demo@localhost","admin":false,"accounts":[]}}}""");
    }
}
