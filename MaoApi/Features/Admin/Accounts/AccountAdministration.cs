using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Accounts;

internal static class AccountAdministration
{
    private static readonly AdminResource<Account, AdminAccount> Resource = new(
        "accounts",
        context => context.Accounts.Include(row => row.User).Include(row => row.Broker).Include(row => row.Pod),
        row => new AdminAccount(
            row.AccountId,
            row.Description,
            row.User!.UserId,
            row.Broker!.Code,
            row.IsDemo,
            row.IsActive,
            row.EngineHost,
            row.EnginePort,
            row.AccountData is not null,
            JsonElement.Parse(row.Config),
            row.Version,
            row.Created,
            row.Modified),
        new ListOrder<Account>().By("accountId", row => row.AccountId).By("created", row => row.Created, row => row.Id)
            .By("modified", row => row.Modified, row => row.Id));

    public static Task<Answer<ListPage<AdminAccount>>> ListAsync(ListAccountsRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Active is { } active ? rows.Where(row => row.IsActive == active) : rows;
            rows = request.Filter?.Demo is { } demo ? rows.Where(row => row.IsDemo == demo) : rows;
            rows = request.Filter?.UserId is { } userId ? rows.Where(row => row.User!.UserId == userId) : rows;
            return request.Filter?.BrokerCode is { } code ? rows.Where(row => row.Broker!.Code == code) : rows;
        });

    public static Task<Answer<AdminAccount>> GetAsync(AccountKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.AccountId!, row => row.AccountId == request.AccountId);

    /// <summary>The engine of a new account stands still until somebody starts its pod.</summary>
    public static async Task<Answer<AdminAccount>> CreateAsync(CreateAccountRequest request, AdminUnit unit)
    {
        var answer = await unit.CreateAsync(Resource, request.AccountId!, row => row.AccountId == request.AccountId, async context =>
        {
            var account = new Account
            {
                AccountId = request.AccountId!,
                Description = "",
                IsActive = true,
                Created = unit.Now,
                Pod = new Pod { Name = "mt-" + request.AccountId, WantedState = PodStates.Stopped, State = PodStates.Stopped },
            };
            if (await ChangeAsync(context, unit, account, request) is { } failure)
            {
                return failure;
            }

            context.Add(account);
            context.Add(new AccountRole { Account = account, User = account.User, Role = AccountRoles.Owner });
            return null;
        });
        Forget(unit, [request.UserId!]);
        return answer;
    }

    public static async Task<Answer<AdminAccount>> UpdateAsync(UpdateAccountRequest request, AdminUnit unit)
    {
        List<string> users = [];
        var answer = await unit.UpdateAsync(
            Resource, request.AccountId!, row => row.AccountId == request.AccountId, request.Version!.Value, async (context, row) =>
            {
                users = await UsersOfAsync(context, row);
                return await ChangeAsync(context, unit, row, request);
            });
        Forget(unit, users);
        return answer;
    }

    public static async Task<Answer<Nothing>> DeleteAsync(DeleteAccountRequest request, AdminUnit unit)
    {
        List<string> users = [];
        List<string> keys = [];
        var answer = await unit.DeleteAsync(
            Resource, request.AccountId!, row => row.AccountId == request.AccountId, request.Version!.Value, async (context, row) =>
            {
                // An engine without an account would go on trading with nobody to tell it to stop.
                if (row.Pod is { } pod && (pod.WantedState == PodStates.Running || pod.State == PodStates.Running))
                {
                    return AdminUnit.InUse($"accounts: the engine of {row.AccountId} runs; stop its pod first");
                }

                users = await UsersOfAsync(context, row);
                var scope = ServiceScopes.OfEngine(row.AccountId);
                keys = await context.ServiceKeys.Where(key => key.Scope == scope).Select(key => key.KeyId).ToListAsync();
                await context.ServiceKeys.Where(key => key.Scope == scope).ExecuteDeleteAsync();
                return null;
            });
        Forget(unit, users);
        keys.ForEach(unit.Service<ServiceKeys>().Drop);
        return answer;
    }

    private static async Task<Failure?> ChangeAsync(MaoHomeContext context, AdminUnit unit, Account account, AccountChange change)
    {
        if (change.UserId is { } userId)
        {
            if (await context.Users.SingleOrDefaultAsync(row => row.UserId == userId) is not { } user)
            {
                return AdminUnit.Unknown("users", userId);
            }

            account.User = user;
        }

        if (change.BrokerCode is { } code)
        {
            if (await context.Brokers.SingleOrDefaultAsync(row => row.Code == code) is not { } broker)
            {
                return AdminUnit.Unknown("brokers", code);
            }

            account.Broker = broker;
        }

        account.Description = change.Descr ?? account.Description;
        account.IsDemo = change.Demo ?? account.IsDemo;
        account.IsActive = change.Active ?? account.IsActive;
        account.EngineHost = change.Host ?? account.EngineHost;
        account.EnginePort = change.Port ?? account.EnginePort;
        account.Config = AdminJson.Text(change.Config) ?? account.Config;
        account.AccountData = AdminJson.Text(change.AccountData) is { } secret
            ? unit.Service<AccountSecrets>().Protect(account.AccountId, secret)
            : account.AccountData;
        account.Modified = unit.Now;
        return null;
    }

    private static Task<List<string>> UsersOfAsync(MaoHomeContext context, Account account) =>
        context.AccountRoles.Where(role => role.AccountKey == account.Id).Select(role => role.User!.UserId).ToListAsync();

    private static void Forget(AdminUnit unit, List<string> users)
    {
        unit.Service<EngineDirectory>().Drop();
        users.ForEach(unit.Service<UserDirectory>().Drop);
    }
}
