using System.Collections.Immutable;
using MaoTrade.Engine.Live;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>From a request of service 5 to what is wanted, or a 400 that names the field.</summary>
internal static class LiveWishes
{
    private const string Known = "portfolio, orders, signals, trades or logs";

    public static bool TryRead(AccountRequest request, out LiveWish wish, out ServiceReply fault)
    {
        wish = new LiveWish([], ImmutableDictionary<LiveChannel, long>.Empty);
        var channels = ImmutableArray.CreateBuilder<LiveChannel>();
        foreach (var name in request.Channels ?? [])
        {
            if (!LiveChannels.TryParse(name, out var channel) || channels.Contains(channel.Value))
            {
                fault = ServiceReply.Failure(ReplyCode.Malformed, $"channels: {Known} are expected, each once, not '{name}'");
                return false;
            }

            channels.Add(channel.Value);
        }

        if (channels.Count == 0)
        {
            fault = ServiceReply.Failure(ReplyCode.Malformed, $"channels: at least one of {Known} is expected");
            return false;
        }

        var from = ImmutableDictionary.CreateBuilder<LiveChannel, long>();
        foreach (var (name, seq) in request.From ?? [])
        {
            if (!LiveChannels.TryParse(name, out var channel) || !channels.Contains(channel.Value) || seq < 0)
            {
                fault = ServiceReply.Failure(ReplyCode.Malformed, $"from.{name}: the last seq of one of the channels is expected");
                return false;
            }

            from.Add(channel.Value, seq);
        }

        wish = new LiveWish(channels.ToImmutable(), from.ToImmutable());
        fault = default;
        return true;
    }
}
