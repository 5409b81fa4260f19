using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>What the running engines say of the systems they use: signals and results are theirs, so they are asked.</summary>
/// <param name="Engines">What each said; null for one that did not answer.</param>
internal sealed record SignalUse(IReadOnlyList<EngineUse?> Engines)
{
    private const int AtOnce = 8;
    private const string Period = "90d";

    /// <summary>One list of systems must not wait for a stalled engine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether every engine answered.</summary>
    public bool IsWhole => Engines.All(engine => engine is not null);

    /// <summary>Signals of a system that are not over.</summary>
    public int SignalsOf(string system) => Engines.Sum(engine => engine?.Signals.GetValueOrDefault(system) ?? 0);

    /// <summary>The average of what a system brought the accounts that use it in the last 90 days; null where nobody knows.</summary>
    public decimal? AverageReturnOf(string system) => Engines
        .Select(engine => engine?.Returns.GetValueOrDefault(system)).Average();

    /// <summary>Asks all engines, several at once.</summary>
    public static async Task<SignalUse> AskAsync(AdminUnit unit, bool withReturns, CancellationToken cancellationToken)
    {
        await using var context = await unit.Service<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking().Where(row => row.IsActive && row.EnginePort != null)
            .OrderBy(row => row.AccountId).Select(row => row.AccountId).ToListAsync(cancellationToken);
        var engines = new EngineUse?[accounts.Count];
        await Parallel.ForAsync(
            0,
            accounts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, aborted) => engines[index] = await AskAsync(unit.Service<EngineGateway>(), accounts[index], withReturns, aborted));
        return new SignalUse(engines);
    }

    private static async Task<EngineUse?> AskAsync(
        EngineGateway gateway, string accountId, bool withReturns, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        var account = AuthorizedAccount.OfAdministrator(accountId);
        try
        {
            var answer = await ReadAsync(gateway, account, EngineCalls.Signals(), deadline.Token);
            if (answer is null)
            {
                return null;
            }

            var signals = answer.Value.GetProperty("signals").EnumerateArray()
                .Where(signal => signal.GetProperty("state").GetString() != "completed")
                .CountBy(signal => signal.GetProperty("system").GetString()!, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal);
            var returns = new Dictionary<string, decimal?>(StringComparer.Ordinal);
            foreach (var system in withReturns ? signals.Keys.ToList() : [])
            {
                returns[system] = TotalReturn(
                    await ReadAsync(gateway, account, EngineCalls.Performance(new { Period, System = system }), deadline.Token));
            }

            return new EngineUse(signals, returns);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // An engine of another kind, or one that does not answer in time, says nothing.
            return null;
        }
    }

    private static decimal? TotalReturn(JsonElement? result) =>
        result is { ValueKind: JsonValueKind.Object } known
        && known.TryGetProperty("figures", out var figures) && figures.ValueKind == JsonValueKind.Object
        && figures.TryGetProperty("totalReturn", out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal()
            : null;

    private static async Task<JsonElement?> ReadAsync(
        EngineGateway gateway, AuthorizedAccount account, EngineCall call, CancellationToken cancellationToken)
    {
        await using var reply = await gateway.SendAsync(account, call, RequestIdentity.Create(), cancellationToken);
        return reply.Refusal is null ? JsonElement.Parse(reply.Data.Span) : null;
    }
}

/// <summary>What one engine says of its systems.</summary>
/// <param name="Signals">Signals that are not over, by system.</param>
/// <param name="Returns">What each of these systems brought; null where that is not defined.</param>
internal sealed record EngineUse(IReadOnlyDictionary<string, int> Signals, IReadOnlyDictionary<string, decimal?> Returns);
