using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>
/// Whether the engines that run answer, asked the way requests go. With many engines each look asks the next few: all of them come up in
/// turn and none is asked more than a person would.
/// </summary>
internal sealed class EngineAnswers(IDbContextFactory<MaoHomeContext> contexts, EngineGateway engines, TimeProvider time) : IDependency
{
    private const int AskedAtOnce = 16;

    /// <summary>Shorter than the board's limit: the finding names who is silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private string _last = "";

    public string Name => DependencyNames.Engines;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var asked = await NextAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var answers = await Task.WhenAll(asked.Select(accountId => AnswersAsync(accountId, either.Token)));
        var silent = asked.Where((_, index) => !answers[index]).ToList();
        return silent.Count == 0
            ? HealthFinding.Healthy($"{asked.Count} asked")
            : HealthFinding.Degraded($"{silent.Count} of {asked.Count} asked do not answer: {string.Join(", ", silent)}");
    }

    /// <summary>The engines after those asked last, in the order of their accounts; from the beginning when the end is reached.</summary>
    private async Task<List<string>> NextAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var running = context.Accounts.AsNoTracking()
            .Where(account => account.IsActive && account.EngineHost != null
                && (account.Pod == null || (account.Pod.WantedState == PodStates.Running && account.Pod.State == PodStates.Running)))
            .OrderBy(account => account.AccountId)
            .Select(account => account.AccountId);
        var next = await running.Where(accountId => accountId.CompareTo(_last) > 0).Take(AskedAtOnce).ToListAsync(cancellationToken);
        if (next.Count < AskedAtOnce)
        {
            var begun = next.Count;
            next.AddRange(await running.Where(accountId => accountId.CompareTo(_last) <= 0).Take(AskedAtOnce - begun).ToListAsync(cancellationToken));
        }

        _last = next.Count > 0 ? next[^1] : "";
        return next;
    }

    private async Task<bool> AnswersAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            await using var reply = await engines.SendAsync(
                AuthorizedAccount.OfSupervisor(accountId), EngineCalls.AccountState(), RequestIdentity.Create(), cancellationToken);
            return reply.Refusal is not { } refusal || (!refusal.IsOutage && refusal != ApiCodes.CircuitOpen);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
