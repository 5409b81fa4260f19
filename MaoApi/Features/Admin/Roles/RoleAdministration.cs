using MaoApi.Auth;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Roles;

/// <summary>Who may do what with which account. Every change counts from the user's next request here, elsewhere within ten seconds.</summary>
internal static class RoleAdministration
{
    private static readonly AdminResource<AccountRole, AdminRole> Resource = new(
        "roles",
        context => context.AccountRoles.Include(row => row.Account).Include(row => row.User),
        row => new AdminRole(row.Account!.AccountId, row.User!.UserId, row.Role, row.Version),
        new ListOrder<AccountRole>()
            .By("accountId", row => row.Account!.AccountId, row => row.UserKey)
            .By("userId", row => row.User!.UserId, row => row.AccountKey));

    public static Task<Answer<ListPage<AdminRole>>> ListAsync(ListRolesRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.AccountId is { } accountId ? rows.Where(row => row.Account!.AccountId == accountId) : rows;
            return request.Filter?.UserId is { } userId ? rows.Where(row => row.User!.UserId == userId) : rows;
        });

    /// <summary>Those of the one account the caller administers.</summary>
    public static Task<Answer<ListPage<AdminRole>>> ListOfAccountAsync(AccountRolesRequest request, HttpContext http, AdminUnit unit)
    {
        var accountId = http.Account().AccountId;
        return unit.ListAsync(Resource, request, accountId, rows => rows.Where(row => row.Account!.AccountId == accountId));
    }

    public static Task<Answer<AdminRole>> GetAsync(RoleKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Name, row => row.Account!.AccountId == request.AccountId && row.User!.UserId == request.UserId);

    public static async Task<Answer<AdminRole>> CreateAsync(CreateRoleRequest request, AdminUnit unit)
    {
        var answer = await unit.CreateAsync(
            Resource,
            request.Name,
            row => row.Account!.AccountId == request.AccountId && row.User!.UserId == request.UserId,
            async context =>
            {
                var account = await context.Accounts.SingleOrDefaultAsync(row => row.AccountId == request.AccountId);
                var user = await context.Users.SingleOrDefaultAsync(row => row.UserId == request.UserId);
                if (account is null || user is null)
                {
                    return account is null ? AdminUnit.Unknown("accounts", request.AccountId!) : AdminUnit.Unknown("users", request.UserId!);
                }

                context.Add(new AccountRole { Account = account, User = user, Role = request.Role! });
                return null;
            });
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }

    public static async Task<Answer<AdminRole>> UpdateAsync(UpdateRoleRequest request, AdminUnit unit)
    {
        var answer = await unit.UpdateAsync(
            Resource,
            request.Name,
            row => row.Account!.AccountId == request.AccountId && row.User!.UserId == request.UserId,
            request.Version!.Value,
            (_, row) =>
            {
                row.Role = request.Role!;
                return Task.FromResult<Failure?>(null);
            });
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }

    public static async Task<Answer<Nothing>> DeleteAsync(DeleteRoleRequest request, AdminUnit unit)
    {
        var answer = await unit.DeleteAsync(
            Resource,
            request.Name,
            row => row.Account!.AccountId == request.AccountId && row.User!.UserId == request.UserId,
            request.Version!.Value,
            (_, _) => Task.FromResult<Failure?>(null));
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }
}
