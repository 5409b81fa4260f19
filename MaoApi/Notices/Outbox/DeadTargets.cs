using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Preferences;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Notices.Outbox;

/// <summary>Forgets what a channel called dead: the token of a device, a chat, an address. One that was renewed meanwhile stays.</summary>
internal sealed class DeadTargets(IDbContextFactory<MaoHomeContext> contexts)
{
    public async Task ForgetAsync(Delivery delivery, string target, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (delivery.Channel == ChannelNames.Push)
        {
            await context.Devices.Where(device => device.Id == delivery.DeviceKey && device.PushToken == target)
                .ExecuteUpdateAsync(
                    device => device.SetProperty(row => row.PushToken, (string?)null).SetProperty(row => row.IsPushRegistered, false), cancellationToken);
            return;
        }

        var row = await context.Preferences.SingleOrDefaultAsync(preference => preference.UserKey == delivery.Notification!.UserKey, cancellationToken);
        var chosen = NoticePreferences.Of(row);
        if (row is null || Without(chosen.Channels, delivery.Channel, target) is not { } channels)
        {
            return;
        }

        (chosen with { Channels = channels }).WriteTo(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The user has just chosen anew.
        }
    }

    private static NoticeChannels? Without(NoticeChannels channels, string channel, string target) => channel switch
    {
        ChannelNames.Telegram when channels.Telegram?.ChatId == target => channels with { Telegram = null },
        ChannelNames.Webhook when channels.Webhook?.Url == target => channels with { Webhook = null },
        _ => null,
    };
}
