using System.Globalization;
using MaoApi.Auth;
using MaoApi.Hosting;
using MaoApi.Http;
using MaoApi.Live;
using Microsoft.AspNetCore.Http.Features;

namespace MaoApi.Features.ClientMt;

/// <summary>Live updates as <c>text/event-stream</c>, for clients that only listen.</summary>
internal static class LiveEvents
{
    private const string LastEventId = "Last-Event-ID";

    public static async Task<IResult> HandleAsync(
        string? accountId, string? channels, HttpContext http, Caller caller, LiveHub hub, HttpOptions options, TimeProvider time)
    {
        if (!LiveOrigins.Allows(http.Request, options))
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        if (LiveIdentity.Allow(caller, accountId, withLogs: false, out var refusal) is not { } account)
        {
            return refusal!;
        }

        var names = channels?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Numbers(http.Request) is not { } numbers)
        {
            return Failure.Invalid(LastEventId, "malformed", "channel:number, comma-separated, as in the id of an event, is expected");
        }

        if (LiveWish.Fault(names, numbers, out var wanted, out var from) is { } fault)
        {
            return Failure.Invalid(fault[..fault.IndexOf(':', StringComparison.Ordinal)], "invalid", fault);
        }

        if (wanted.Contains(LiveChannels.Logs) && LiveIdentity.Allow(caller, accountId, withLogs: true, out var noLogs) is null)
        {
            return noLogs!;
        }

        return await ServeAsync(http, caller, account, hub, wanted, from, time);
    }

    private static async Task<IResult> ServeAsync(
        HttpContext http, Caller caller, AuthorizedAccount account, LiveHub hub, IReadOnlyList<int> channels, IReadOnlyDictionary<int, long> from, TimeProvider time)
    {
        if (!hub.TryReserve())
        {
            return new Failure(ApiCodes.TooManyInFlight, "too many live clients");
        }

        try
        {
            if (!hub.TryReserveUser(caller.UserId))
            {
                return new Failure(ApiCodes.RateLimited, "too many live clients of this user");
            }

            try
            {
                await StreamAsync(http, caller, account, hub, channels, from, time);
            }
            finally
            {
                hub.FreeUser(caller.UserId);
            }
        }
        finally
        {
            hub.Free();
        }

        return Results.Empty;
    }

    private static async Task StreamAsync(
        HttpContext http, Caller caller, AuthorizedAccount account, LiveHub hub, IReadOnlyList<int> channels, IReadOnlyDictionary<int, long> from, TimeProvider time)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        http.Response.ContentType = "text/event-stream";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.StartAsync(ended.Token);
        var client = new LiveStream(http.Response, ended, time) { Cut = hub.CountCut };
        client.Identify(caller.UserId, LiveIdentity.TokenOf(http.Request));
        client.GoOnFrom(from);
        hub.Add(client);
        try
        {
            hub.Subscribe(client, account, channels, from);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            hub.Remove(client);
            client.Close(LiveClose.Stopping);
            await client.DrainedAsync();
        }
    }

    /// <summary>The numbers of the last event the client has; none where it begins, null where the header is malformed.</summary>
    private static Dictionary<string, long>? Numbers(HttpRequest request)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pair in request.Headers[LastEventId].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !long.TryParse(pair.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || !numbers.TryAdd(pair[..colon], seq))
            {
                return null;
            }
        }

        return numbers;
    }
}
