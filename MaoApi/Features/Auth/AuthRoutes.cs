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

        var user = app.MapGroup("/auth").WithTags("auth").RequireAccess(AccessLevel.User);
        user.MapPost("/logout", LogOut.HandleAsync)
            .Describe("Ends the session of a refresh token, or all of the user's", """{"refreshToken":"3f…"}""", """{"code":0,"message":"","data":{}}""");
        user.MapGet("/me", Me.Handle)
            .Describe(
                "The user behind the token",
                null,
                """{"code":0,"message":"","data":{"user":{"userId":"demo","displayName":"Demo","email":"demo@localhost","admin":false,"accounts":[]}}}""");
    }
}
