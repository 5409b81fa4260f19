using MaoApi.Auth;
using MaoApi.Hosting;
using MaoApi.Http;
using MaoApi.Live;
using Microsoft.AspNetCore.Connections.Features;

namespace MaoApi.Features.ClientMt;

/// <summary>Live updates by WebSocket, subprotocol <c>mao.v1</c>.</summary>
internal static class LiveSockets
{
    private const string Protocol = "mao.v1";

    public static async Task<IResult> HandleAsync(HttpContext http, LiveHub hub, LiveCommands commands, HttpOptions options, TimeProvider time)
    {
        if (!http.WebSockets.IsWebSocketRequest || !http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            return Failure.Invalid("Sec-WebSocket-Protocol", "required", $"a WebSocket with the subprotocol {Protocol} is expected");
        }

        if (!LiveOrigins.Allows(http.Request, options))
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        // A header was looked at before this route; without one the first message brings the token.
        var token = http.Features.Get<Caller>() is null ? null : LiveIdentity.TokenOf(http.Request);
        if (!hub.TryReserve())
        {
            return new Failure(ApiCodes.TooManyInFlight, "too many live clients");
        }

        try
        {
            await ServeAsync(http, hub, commands, token, time);
        }
        finally
        {
            hub.Free();
        }

        return Results.Empty;
    }

    private static async Task ServeAsync(HttpContext http, LiveHub hub, LiveCommands commands, string? token, TimeProvider time)
    {
        if (http.Features.Get<IConnectionSocketFeature>() is { Socket: var connection })
        {
            connection.SendBufferSize = LiveLimits.SystemBytes;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(Protocol);
        var client = new LiveSocket(socket, time) { Cut = hub.CountCut };
        hub.Add(client);
        try
        {
            if (token is not null && await commands.IdentifyAsync(client, token, http.RequestAborted) is { } reason)
            {
                client.Close(reason);
            }

            await client.RunAsync(json => commands.DoAsync(client, json, http.RequestAborted), http.RequestAborted);
        }
        finally
        {
            hub.Remove(client);
            if (client.UserId is { } userId)
            {
                hub.FreeUser(userId);
            }
        }
    }
}
