using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Srv;

/// <summary><c>/srv/sendpushmsg</c>: messages of services to people's devices.</summary>
internal static class PushRoutes
{
    public static void MapPush(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/srv").WithTags("srv").RequireAccess(AccessLevel.Service);
        group.MapPost("/sendpushmsg", SendPushMessage.HandleAsync)
            .Describe(
                "Sends a message to all devices of a user, or of an account's owners; what fails for now waits and is tried again",
                """{"userId":"demo","title":"Market opens","body":"EURUSD opens in five minutes","data":{"epic":"EURUSD"},"priority":"normal"}""",
                """{"code":0,"message":"","data":{"sent":1,"failed":0,"dropped":0,"receipts":[{"deviceId":"a1b2","messageId":"projects/p/messages/0:1","status":"sent"}]}}""",
                ApiCodes.EngineNotFound,
                ApiCodes.Push);
    }
}
