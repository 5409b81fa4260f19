using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>Which systems the signals of the running engines use: they keep them, so they are asked.</summary>
/// <param name="Signals">Signals that are not over, by system.</param>
/// <param name="IsWhole">Whether every running engine answered.</param>
internal sealed record SignalUse(IReadOnlyDictionary<string, int> Signals, bool IsWhole)
{
    private const int AtOnce = 8;

    /// <summary>One list of systems must not wait for a stalled engine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks all engines that should run, several at once.</summary>
    public static async Task<SignalUse> AskAsync(AdminUnit unit, CancellationToken cancellationToken)
    {
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking().Where(row => row.IsActive && row.EnginePort != null)
            .OrderBy(row => row.AccountId).Select(row => row.AccountId).ToListAsync(cancellationToken);
        var answers = new List<string>?[accounts.Count];
        await Parallel.ForAsync(
            0,
            accounts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, aborted) => answers[index] = await SystemsAsync(unit, accounts[index], aborted));
        var signals = answers.OfType<List<string>>().SelectMany(systems => systems).CountBy(system => system, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return new SignalUse(signals, answers.All(answer => answer is not null));
    }

    private static async Task<List<string>?> SystemsAsync(AdminUnit unit, string accountId, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await using var reply = await unit.Service<EngineGateway>().SendAsync(
                AuthorizedAccount.OfAdministrator(accountId), EngineCalls.Signals(), RequestIdentity.Create(), deadline.Token);
            return reply.Refusal is null
                ? [.. JsonElement.Parse(reply.Data.Span).GetProperty("signals").EnumerateArray()
                    .Where(signal => signal.GetProperty("state").GetString() != "completed")
                    .Select(signal => signal.GetProperty("system").GetString()!)]
                : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // An engine of another kind, or one that does not answer in time, says nothing.
            return null;
        }
    }
}
