using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Srv;

public sealed record PushRequest : IValidatableObject
{
    private const int MostData = 20;
    private const int MostDataText = 500;

    /// <summary>The user to tell; this or the account.</summary>
    [StringLength(128)]
    public string? UserId { get; init; }

    /// <summary>The account whose owners are told.</summary>
    [StringLength(40)]
    public string? AccountId { get; init; }

    [Required]
    [StringLength(NewNotice.MostTitle, MinimumLength = 1)]
    public string? Title { get; init; }

    [Required]
    [StringLength(NewNotice.MostMessage, MinimumLength = 1)]
    public string? Body { get; init; }

    /// <summary>Further fields for programs: up to 20 texts.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>High wakes the device and does not wait for the end of the user's quiet hours.</summary>
    [AllowedValues(null, NoticePriority.Normal, NoticePriority.High)]
    public string? Priority { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(UserId) == string.IsNullOrEmpty(AccountId))
        {
            yield return new ValidationResult("either userId or accountId is required", [nameof(UserId)]);
        }

        if (Data is { } data && (data.Count > MostData || data.Any(pair => pair.Key.Length > MostDataText || pair.Value is null or { Length: > MostDataText })))
        {
            yield return new ValidationResult($"data holds at most {MostData} texts of {MostDataText} characters", [nameof(Data)]);
        }
    }
}

/// <summary>What became of the message at one device.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="MessageId">The push service's receipt, where it was sent.</param>
/// <param name="Status"><c>sent</c>, <c>dropped</c> (the device is gone), <c>failed</c>, or <c>waiting</c> to be tried again by the gateway.</param>
internal sealed record PushReceipt(string DeviceId, string? MessageId, string Status);

/// <summary>What became of the message.</summary>
/// <param name="Sent">Devices that were reached.</param>
/// <param name="Failed">Devices that were not; those that wait among them need not be told again.</param>
/// <param name="Dropped">Devices that are gone.</param>
/// <param name="Receipts">One for each device.</param>
internal sealed record PushAnswer(int Sent, int Failed, int Dropped, IReadOnlyList<PushReceipt> Receipts);

internal static class SendPushMessage
{
    private const int MostAtOnce = 8;

    public static async Task<Answer<PushAnswer>> HandleAsync(
        PushRequest request,
        IDbContextFactory<MaoHomeContext> contexts,
        NoticeBook notices,
        DeliveryAttempts attempts,
        IEnumerable<INoticeChannel> channels,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!channels.Any(channel => channel is { Name: ChannelNames.Push, IsConfigured: true }))
        {
            return new Failure(ApiCodes.Push, "no push service is configured");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, request, cancellationToken) is not { } receivers)
        {
            return new Failure(ApiCodes.EngineNotFound, "unknown user or account");
        }

        var isUrgent = request.Priority == NoticePriority.High;
        var notice = new NewNotice(NoticeType.Message, request.Title!, request.Body!, isUrgent)
        {
            AccountKey = receivers.AccountKey,
            Data = request.Data ?? new Dictionary<string, string>(StringComparer.Ordinal),
        };
        var made = await notices.AddAsync(context, receivers.UserKeys, notice, cancellationToken);
        var now = time.GetUtcNow();
        var deliveries = made.SelectMany(row => row.Deliveries).ToList();
        var ready = deliveries.Where(delivery => delivery.Due <= now).ToList();

        // Claimed from their first moment on: the loop leaves them alone while this request lives.
        ready.ForEach(delivery => delivery.Due = now + DeliveryAttempts.Claim);
        await context.SaveChangesAsync(cancellationToken);
        var keys = ready.Select(delivery => delivery.Id).ToList();
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (key, _) => await attempts.TryAsync(key, CancellationToken.None, isOurs: true));
        return await ReadAsync(contexts, [.. deliveries.Select(delivery => delivery.Id)], cancellationToken);
    }

    private static async Task<Receivers?> FindAsync(MaoHomeContext context, PushRequest request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.UserId))
        {
            var user = await context.Users.AsNoTracking().Where(row => row.UserId == request.UserId && row.Status == UserStatus.Active)
                .Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);
            return user is { } key ? new Receivers(null, [key]) : null;
        }

        var account = await context.Accounts.AsNoTracking().Where(row => row.AccountId == request.AccountId && row.IsActive)
            .Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);
        var owners = await context.AccountRoles.AsNoTracking()
            .Where(role => role.AccountKey == account && role.Role != AccountRoles.Viewer && role.User!.Status == UserStatus.Active)
            .Select(role => role.UserKey).ToListAsync(cancellationToken);
        return account is null ? null : new Receivers(account, owners);
    }

    private static async Task<PushAnswer> ReadAsync(IDbContextFactory<MaoHomeContext> contexts, List<int> keys, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = await context.Deliveries.AsNoTracking().Where(delivery => keys.Contains(delivery.Id)).OrderBy(delivery => delivery.Id)
            .ToListAsync(cancellationToken);
        return new PushAnswer(
            deliveries.Count(delivery => delivery.State == DeliveryStates.Sent),
            deliveries.Count(delivery => delivery.State is DeliveryStates.Failed or DeliveryStates.Waiting),
            deliveries.Count(delivery => delivery.State == DeliveryStates.Dropped),
            [.. deliveries.Select(delivery => new PushReceipt(delivery.Target, delivery.MessageId, delivery.State))]);
    }

    private sealed record Receivers(int? AccountKey, IReadOnlyList<int> UserKeys);
}
