using System.Text.Json;
using MaoApi.Http;

namespace MaoApi.Live;

/// <summary>Does what a client says. One call at a time for a client: by its reader.</summary>
internal sealed class LiveCommands(LiveHub hub, LiveIdentity identity, TimeProvider time)
{
    /// <summary>Does one command; the reason to close the connection, or null.</summary>
    public async ValueTask<LiveClose?> DoAsync(LiveClient client, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        LiveCommand? command;
        try
        {
            command = JsonSerializer.Deserialize<LiveCommand>(json.Span, JsonDefaults.Options);
        }
        catch (JsonException)
        {
            return LiveClose.Malformed;
        }

        if (command?.Action == "auth")
        {
            return await IdentifyAsync(client, command.Token, cancellationToken);
        }

        if (client.Token is null)
        {
            return LiveClose.Token;
        }

        switch (command?.Action)
        {
            case "ping":
                client.Offer(LiveMessage.Notice("pong", null, time.GetUtcNow(), "{}"));
                return null;
            case "get_status":
                client.Offer(Status(client));
                return null;
            case "subscribe" or "unsubscribe":
                return await ChangeAsync(client, command, cancellationToken);
            default:
                return LiveClose.Malformed;
        }
    }

    /// <summary>Takes a token: the first one, or a later one of the same user.</summary>
    public async ValueTask<LiveClose?> IdentifyAsync(LiveClient client, string? token, CancellationToken cancellationToken)
    {
        var (caller, refusal) = await identity.FindAsync(token ?? "", cancellationToken);
        if (caller is null)
        {
            return LiveClose.Of(refusal);
        }

        if (client.UserId is null && !hub.TryReserveUser(caller.UserId))
        {
            client.Offer(LiveMessage.Error(ApiCodes.RateLimited.Code, "too many live clients of this user", time.GetUtcNow()));
            await client.DrainedAsync();
            return LiveClose.TooMany;
        }

        if (client.UserId is not null && client.UserId != caller.UserId)
        {
            return LiveClose.Token;
        }

        client.Identify(caller.UserId, token ?? "");
        return null;
    }

    private async ValueTask<LiveClose?> ChangeAsync(LiveClient client, LiveCommand command, CancellationToken cancellationToken)
    {
        if (LiveWish.Fault(command.Channels, command.From, out var channels, out var from) is { } fault)
        {
            return Refuse(client, fault);
        }

        var (caller, refusal) = await identity.FindAsync(client.Token!, cancellationToken);
        if (caller is null)
        {
            return LiveClose.Of(refusal);
        }

        if (LiveIdentity.Allow(caller, command.AccountId, channels.Contains(LiveChannels.Logs), out var refused) is not { } account)
        {
            return refused!.Code == ApiCodes.Invalid ? Refuse(client, refused.Message) : LiveClose.NotAllowed;
        }

        if (command.Action == "unsubscribe")
        {
            hub.Unsubscribe(client, account.AccountId, channels);
            return null;
        }

        if (client.Members.Count >= LiveLimits.Accounts && !client.Members.ContainsKey(account.AccountId))
        {
            return Refuse(client, $"accountId: at most {LiveLimits.Accounts} accounts");
        }

        // What a subscription begins with may be long: the next one waits until it has left.
        await client.DrainedAsync();
        hub.Subscribe(client, account, channels, from);
        return null;
    }

    private LiveClose? Refuse(LiveClient client, string message)
    {
        client.Offer(LiveMessage.Error(ApiCodes.Invalid.Code, message, time.GetUtcNow()));
        return null;
    }

    private LiveMessage Status(LiveClient client)
    {
        var accounts = client.CopyMembers().Select(pair => new
        {
            accountId = pair.Key,
            engine = hub.IsConnected(pair.Key) ? "connected" : "disconnected",
            channels = LiveChannels.Names.Where((_, channel) => pair.Value.Listens(channel))
                .ToDictionary(name => name, name => Math.Max(0, pair.Value.Last(LiveChannels.IndexOf(name)))),
        });
        return LiveMessage.Notice(
            "status", null, time.GetUtcNow(), JsonSerializer.Serialize(new { user = client.UserId, subscriptions = accounts, waiting = client.Waiting }));
    }
}
