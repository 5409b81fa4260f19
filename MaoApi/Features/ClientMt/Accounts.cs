using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.ClientMt;

internal sealed record AccountView(
    string AccountId, string Descr, bool Demo, string Broker, string Role, bool Active, string PodState);

internal static class Accounts
{
    public static async Task<Answer<ItemList<AccountView>>> HandleAsync(
        Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await context.AccountRoles.AsNoTracking()
            .Where(role => role.UserKey == caller.UserKey)
            .OrderBy(role => role.Account!.AccountId)
            .Select(role => new AccountView(
                role.Account!.AccountId,
                role.Account.Description,
                role.Account.IsDemo,
                role.Account.Broker!.Code,
                role.Role,
                role.Account.IsActive,
                role.Account.Pod == null ? PodStates.Stopped : role.Account.Pod.State))
            .ToListAsync(cancellationToken);
        return new ItemList<AccountView>(accounts);
    }
}
