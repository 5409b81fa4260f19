using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>Asks every engine that is meant to run whether it is there; those that are not are told the administrators.</summary>
internal sealed class EngineCheck(IDbContextFactory<MaoHomeContext> contexts, EngineGateway engines) : IJob
{
    private const int MostNamed = 20;

    public string Name => "engine-check";

    public string Lane => JobLanes.High;

    public string Schedule => "0 6 * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var wanted = await context.Pods.AsNoTracking()
            .Where(pod => pod.Account!.IsActive && pod.WantedState == PodStates.Running)
            .OrderBy(pod => pod.Account!.AccountId)
            .Select(pod => pod.Account!.AccountId).ToListAsync(cancellationToken);
        var silent = new List<string>();
        foreach (var accountId in wanted)
        {
            await using var reply = await engines.SendAsync(
                AuthorizedAccount.OfSupervisor(accountId), EngineCalls.AccountState(), RequestIdentity.Create(), cancellationToken);
            if (reply.Refusal is not null)
            {
                silent.Add($"{accountId} ({reply.Message})");
            }

            progress.Report((double)(wanted.IndexOf(accountId) + 1) / wanted.Count, $"{silent.Count} silent");
        }

        return silent.Count == 0
            ? $"{wanted.Count} engines answer"
            : throw new JobFindingException($"{silent.Count} of {wanted.Count} engines do not answer: {string.Join(", ", silent.Take(MostNamed))}");
    }
}
