using System.Text.Json;
using MaoApi.Data;
using MaoApi.Notices;
using MaoApi.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>Tells the people of an account 14 and 3 days before its broker's credentials expire, each once.</summary>
internal sealed class AccountDataExpiry(
    IDbContextFactory<MaoHomeContext> contexts, AccountSecrets secrets, NoticeBook notices, TimeProvider time) : IJob
{
    /// <summary>The nearest first: who was not told 14 days before is told once, not twice.</summary>
    private static readonly int[] DaysBefore = [3, 14];

    public string Name => "account-data-expiry";

    public string Lane => JobLanes.High;

    public string Schedule => "0 7 * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking().Where(account => account.IsActive && account.AccountData != null)
            .Select(account => new { account.Id, account.AccountId, Data = account.AccountData! }).ToListAsync(cancellationToken);
        var unreadable = new List<string>();
        var told = 0;
        foreach (var account in accounts)
        {
            if (!TryExpiry(account.AccountId, account.Data, out var expires))
            {
                unreadable.Add(account.AccountId);
            }
            else if (Array.Find(DaysBefore, days => expires - time.GetUtcNow() <= TimeSpan.FromDays(days)) is var days and > 0)
            {
                await notices.AddForAccountAsync(context, account.Id, Notice(account.AccountId, expires!.Value, days), cancellationToken);
                told += await context.SaveChangesAsync(cancellationToken) > 0 ? 1 : 0;
            }
        }

        return unreadable.Count == 0
            ? $"{accounts.Count} accounts looked at, {told} told"
            : throw new JobFindingException($"the account data of {string.Join(", ", unreadable)} cannot be read");
    }

    private static NewNotice Notice(string accountId, DateTimeOffset expires, int days) => new(
        NoticeType.SystemError,
        $"The credentials of {accountId} expire",
        $"The broker's credentials of account {accountId} expire on {expires:yyyy-MM-dd HH:mm} UTC. Afterwards it cannot trade.",
        IsUrgent: days == DaysBefore[0])
    {
        EventId = $"expiry/{accountId}/{expires:yyyyMMddHHmm}/{days}",
    };

    /// <summary>When the data expires; null where it does not say. Never throws anything of what it has read.</summary>
    private bool TryExpiry(string accountId, string stored, out DateTimeOffset? expires)
    {
        expires = null;
        try
        {
            using var data = JsonDocument.Parse(secrets.Reveal(accountId, stored));
            if (data.RootElement.TryGetProperty("expiresAt", out var member) && member.ValueKind != JsonValueKind.Null)
            {
                expires = member.GetDateTimeOffset();
            }

            return true;
        }
        catch (Exception fault) when (fault is SecretUnreadableException or JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
