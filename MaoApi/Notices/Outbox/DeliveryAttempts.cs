using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Notices.Channels;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Notices.Outbox;

/// <summary>
/// Tries one delivery: takes it for this gateway by its version, sends, writes down what came of it. A gateway that dies in between leaves
/// it to be tried again after the claim is over: a message may then come twice, never not at all. Thread-safe.
/// </summary>
internal sealed partial class DeliveryAttempts(
    IDbContextFactory<MaoHomeContext> contexts, IEnumerable<INoticeChannel> channels, DeadTargets dead, TimeProvider time, ILogger<DeliveryAttempts> logger)
{
    private const int MostError = 500;

    /// <summary>Longer than any channel tries.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, INoticeChannel> _channels = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>Tries it. Returns its state then; null where another gateway has it, or there is nothing to do.</summary>
    /// <param name="deliveryKey">The delivery.</param>
    /// <param name="cancellationToken">Ends it while nothing is sent.</param>
    /// <param name="isOurs">Whether the caller claimed it when it was made; otherwise one that is not due is somebody's.</param>
    public async Task<Delivery?> TryAsync(int deliveryKey, CancellationToken cancellationToken, bool isOurs = false)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var delivery = await context.Deliveries.Include(row => row.Notification)
            .SingleOrDefaultAsync(row => row.Id == deliveryKey && row.State == DeliveryStates.Waiting, cancellationToken);
        if (delivery is null || (!isOurs && delivery.Due > time.GetUtcNow()))
        {
            return null;
        }

        delivery.Due = time.GetUtcNow() + Claim;
        delivery.Attempts++;
        delivery.Error = null;
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        var target = await TargetAsync(context, delivery, cancellationToken);

        // From here on it may be out: a stop of the gateway waits for the answer, which every channel bounds, so that it is not sent twice.
        var result = await SendAsync(delivery, target);
        if (result.Outcome == SendOutcome.Gone && target is not null)
        {
            await dead.ForgetAsync(delivery, target, CancellationToken.None);
        }

        await WriteAsync(context, delivery, result);
        return delivery;
    }

    /// <summary>Where it goes now: a device may have another token than when the notice was made.</summary>
    private static async Task<string?> TargetAsync(MaoHomeContext context, Delivery delivery, CancellationToken cancellationToken) =>
        delivery.Channel != ChannelNames.Push
            ? delivery.Target
            : await context.Devices.AsNoTracking().Where(device => device.Id == delivery.DeviceKey && device.WantsPush)
                .Select(device => device.PushToken).SingleOrDefaultAsync(cancellationToken);

    private async Task<SendResult> SendAsync(Delivery delivery, string? target)
    {
        if (target is null)
        {
            return SendResult.Gone("the device has no token any more");
        }

        return _channels.GetValueOrDefault(delivery.Channel) is { IsConfigured: true } channel
            ? await channel.SendAsync(Message(delivery), target, CancellationToken.None)
            : SendResult.Refused($"the channel {delivery.Channel} is not configured");
    }

    private static NoticeMessage Message(Delivery delivery)
    {
        var notice = delivery.Notification!;
        return new NoticeMessage(
            delivery.Id.ToString(CultureInfo.InvariantCulture),
            notice.UserKey,
            notice.Type,
            notice.Title,
            notice.Message,
            notice.Created,
            notice.Priority == NoticePriority.High,
            JsonSerializer.Deserialize<Dictionary<string, string>>(notice.Data, JsonDefaults.Options)!);
    }

    /// <summary>What was sent is written down although the gateway stops meanwhile.</summary>
    private async Task WriteAsync(MaoHomeContext context, Delivery delivery, SendResult result)
    {
        var now = time.GetUtcNow();
        var wait = result.Outcome == SendOutcome.Later ? RetryPlan.Wait(delivery.Attempts, result.RetryAfter, RandomNumberGenerator.GetInt32(1000) / 1000.0) : null;
        delivery.MessageId = result.MessageId;
        delivery.Error = result.Error is { Length: > MostError } text ? text[..MostError] : result.Error;
        delivery.State = result.Outcome switch
        {
            SendOutcome.Sent => DeliveryStates.Sent,
            SendOutcome.Gone => DeliveryStates.Dropped,
            SendOutcome.Later when wait is not null => DeliveryStates.Waiting,
            _ => DeliveryStates.Failed,
        };
        delivery.Due = now + wait;
        delivery.EndedAt = delivery.State == DeliveryStates.Waiting ? null : now;
        if (result.Outcome == SendOutcome.Sent)
        {
            delivery.Notification!.SentAt ??= now;
        }

        Tried(logger, delivery.Id, delivery.Channel, delivery.Attempts, delivery.State, delivery.Error ?? "");
        await context.SaveChangesAsync(CancellationToken.None);
    }

    [LoggerMessage(3301, LogLevel.Information, "Delivery {Delivery} by {Channel}, attempt {Attempt}: {State} {Reason}")]
    private static partial void Tried(ILogger logger, int delivery, string channel, int attempt, string state, string reason);
}
