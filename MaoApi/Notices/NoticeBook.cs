using System.Text.Json;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Preferences;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Notices;

/// <summary>
/// Writes down whom something is told and by which ways. The rows go into the caller's unit of work: a notice is stored with what caused it,
/// or neither is; only what is stored is sent.
/// </summary>
internal sealed partial class NoticeBook(TimeProvider time, ILogger<NoticeBook> logger)
{
    /// <summary>Messages of one user that may wait to be sent; what comes above that is only listed.</summary>
    public const int MostWaiting = 100;

    /// <summary>Tells everybody who may see an account.</summary>
    public async Task AddForAccountAsync(MaoHomeContext context, int accountKey, NewNotice notice, CancellationToken cancellationToken)
    {
        var users = await context.AccountRoles.AsNoTracking()
            .Where(role => role.AccountKey == accountKey && role.User!.Status == UserStatus.Active)
            .Select(role => role.UserKey).ToListAsync(cancellationToken);
        await AddAsync(context, users, notice with { AccountKey = accountKey }, cancellationToken);
    }

    /// <summary>Tells users by the ways they chose. Returns the notices made; who knows of the event already gets none.</summary>
    public async Task<IReadOnlyList<Notification>> AddAsync(
        MaoHomeContext context, IReadOnlyList<int> userKeys, NewNotice notice, CancellationToken cancellationToken)
    {
        var told = notice.EventId is null
            ? []
            : await context.Notifications.AsNoTracking().Where(row => row.EventId == notice.EventId && userKeys.Contains(row.UserKey))
                .Select(row => row.UserKey).ToListAsync(cancellationToken);
        var preferences = await context.Preferences.AsNoTracking().Where(row => userKeys.Contains(row.UserKey))
            .ToDictionaryAsync(row => row.UserKey, cancellationToken);
        var devices = await context.Devices.AsNoTracking()
            .Where(device => userKeys.Contains(device.UserKey) && device.WantsPush && device.PushToken != null)
            .ToListAsync(cancellationToken);
        var waiting = await context.Deliveries.AsNoTracking()
            .Where(delivery => delivery.State == DeliveryStates.Waiting && userKeys.Contains(delivery.Notification!.UserKey))
            .GroupBy(delivery => delivery.Notification!.UserKey)
            .Select(group => new { UserKey = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.UserKey, group => group.Count, cancellationToken);

        var made = new List<Notification>();
        foreach (var userKey in userKeys.Except(told))
        {
            var row = Row(userKey, notice);
            var chosen = NoticePreferences.Of(preferences.GetValueOrDefault(userKey));
            var ways = Ways(chosen, notice, devices.Where(device => device.UserKey == userKey)).ToList();
            var unsaved = context.Notifications.Local.Where(other => other.UserKey == userKey).Sum(other => other.Deliveries.Count);
            if (waiting.GetValueOrDefault(userKey) + unsaved + ways.Count > MostWaiting)
            {
                TooMany(logger, userKey, notice.Type);
                ways.Clear();
            }

            row.Method = string.Join(',', ways.Select(way => way.Channel).Distinct(StringComparer.Ordinal));
            row.Deliveries.AddRange(ways);
            context.Add(row);
            made.Add(row);
        }

        return made;
    }

    private Notification Row(int userKey, NewNotice notice) => new()
    {
        UserKey = userKey,
        AccountKey = notice.AccountKey,
        EventId = notice.EventId,
        Type = notice.Type,
        Title = notice.Title,
        Message = notice.Message,
        Data = JsonSerializer.Serialize(notice.Data, JsonDefaults.Options),
        Priority = notice.IsUrgent ? NoticePriority.High : NoticePriority.Normal,
        Created = time.GetUtcNow(),
    };

    private IEnumerable<Delivery> Ways(NoticePreferences chosen, NewNotice notice, IEnumerable<Device> devices)
    {
        var isMessage = notice.Type == NoticeType.Message;
        if (!isMessage && !chosen.Events.Contains(notice.Type))
        {
            yield break;
        }

        var now = time.GetUtcNow();
        var due = notice.IsUrgent ? now : QuietHours.DueAt(chosen, now);
        if (chosen.Channels.Push || isMessage)
        {
            foreach (var device in devices)
            {
                yield return Way(ChannelNames.Push, device.DeviceId, device.Id, now, due);
            }
        }

        if (isMessage)
        {
            yield break;
        }

        if (chosen.Channels.Telegram is { } chat)
        {
            yield return Way(ChannelNames.Telegram, chat.ChatId, null, now, due);
        }

        if (chosen.Channels.Webhook is { } webhook)
        {
            yield return Way(ChannelNames.Webhook, webhook.Url, null, now, due);
        }
    }

    private static Delivery Way(string channel, string target, int? deviceKey, DateTimeOffset now, DateTimeOffset due) => new()
    {
        Channel = channel,
        Target = target,
        DeviceKey = deviceKey,
        State = DeliveryStates.Waiting,
        Created = now,
        Due = due,
    };

    [LoggerMessage(3300, LogLevel.Warning, "Too many messages wait for user {UserKey}: a notice {Type} is listed and not sent")]
    private static partial void TooMany(ILogger logger, int userKey, string type);
}
