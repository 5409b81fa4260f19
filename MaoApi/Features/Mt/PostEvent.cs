using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Notices;
using MaoApi.Notices.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Mt;

public sealed record EventRequest
{
    /// <summary>1 to 100; read one by one, so that a bad one harms no other.</summary>
    [Required]
    [Length(1, 100)]
    public IReadOnlyList<JsonElement>? Events { get; init; }
}

internal sealed record EventOutcome(string? EventId, int Code, string Message);

internal sealed record EventAnswer(int Accepted, IReadOnlyList<EventOutcome> Results);

internal static class PostEvent
{
    public static async Task<Answer<EventAnswer>> HandleAsync(
        EventRequest request,
        ServiceCaller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        NoticeBook notices,
        NoticeBell bell,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var results = new List<EventOutcome>();
        var bodies = new Dictionary<string, EventBody>(StringComparer.Ordinal);
        foreach (var json in request.Events!)
        {
            if (EventBody.Read(json, out var problem) is { } body)
            {
                bodies.TryAdd(body.EventId!, body);
                results.Add(new EventOutcome(body.EventId, 0, ""));
            }
            else
            {
                results.Add(new EventOutcome(EventBody.IdOf(json), ApiCodes.Invalid.Code, problem));
            }
        }

        if (!await StoreAsync(bodies, caller.AccountId!, contexts, notices, time, cancellationToken))
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        bell.Ring();
        return new EventAnswer(results.Count(result => result.Code == 0), results);
    }

    /// <summary>Stores what is new, with its notices, all or none. False where the account is no more.</summary>
    private static async Task<bool> StoreAsync(
        Dictionary<string, EventBody> bodies,
        string accountId,
        IDbContextFactory<MaoHomeContext> contexts,
        NoticeBook notices,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        try
        {
            return await TryStoreAsync(bodies, accountId, contexts, notices, time, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The same events were being told to another gateway: now they are known. Anything else fails once more.
            return await TryStoreAsync(bodies, accountId, contexts, notices, time, cancellationToken);
        }
    }

    private static async Task<bool> TryStoreAsync(
        Dictionary<string, EventBody> bodies,
        string accountId,
        IDbContextFactory<MaoHomeContext> contexts,
        NoticeBook notices,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == accountId && row.IsActive, cancellationToken)
            is not { } account)
        {
            return false;
        }

        var ids = bodies.Keys.ToList();
        var known = await context.EngineEvents.AsNoTracking()
            .Where(row => row.AccountKey == account.Id && ids.Contains(row.EventId))
            .Select(row => row.EventId).ToListAsync(cancellationToken);
        foreach (var body in bodies.Values.Where(body => !known.Contains(body.EventId!)))
        {
            context.Add(Row(account.Id, body, time.GetUtcNow()));
            await notices.AddForAccountAsync(context, account.Id, Notice(account, body), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static EngineEvent Row(int accountKey, EventBody body, DateTimeOffset now) => new()
    {
        AccountKey = accountKey,
        EventId = body.EventId!,
        At = body.At!.Value,
        Received = now,
        Type = body.Type!,
        Severity = body.Severity!,
        SignalId = body.SignalId,
        Title = body.Title!,
        Message = body.Message!,
        Data = body.Data?.GetRawText() ?? "{}",
    };

    private static NewNotice Notice(Account account, EventBody body)
    {
        var title = $"{account.AccountId}: {body.Title}";
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["accountId"] = account.AccountId, ["eventId"] = body.EventId! };
        if (body.SignalId is { } signalId)
        {
            data["signalId"] = signalId;
        }

        return new NewNotice(
            body.Type!,
            title.Length > NewNotice.MostTitle ? title[..NewNotice.MostTitle] : title,
            body.Message!,
            NoticeType.IsUrgent(body.Type!, body.IsError))
        {
            EventId = body.EventId,
            Data = data,
        };
    }
}
