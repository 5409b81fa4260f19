using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Engines;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Srv;

internal static class EngineStanding
{
    public static async Task<Answer<EngineCondition>> HandleAsync(
        string accountId, HttpContext http, IDbContextFactory<MaoHomeContext> contexts, EngineExam exam, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Without a pod somebody else runs the engine.
        var opMode = await context.Accounts.AsNoTracking().Where(account => account.AccountId == accountId && account.IsActive)
            .Select(account => account.Pod == null ? PodStates.Running : account.Pod.WantedState).SingleOrDefaultAsync(cancellationToken);
        return opMode is null
            ? Failure.Of(ApiCodes.NoData)
            : await exam.AskAsync(accountId, opMode, http.RequestId(), cancellationToken);
    }
}
