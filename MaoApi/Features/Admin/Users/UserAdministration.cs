using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Users;

/// <summary>People. One who is blocked, or whose password was changed, is out at once here and within ten seconds elsewhere.</summary>
internal static class UserAdministration
{
    private static readonly AdminResource<User, AdminUser> Resource = new(
        "users",
        context => context.Users.Include(row => row.Credential).Include(row => row.Roles).ThenInclude(role => role.Account).AsSplitQuery(),
        row => new AdminUser(
            row.UserId,
            row.DisplayName,
            row.Email,
            row.ValidUntil,
            row.Status,
            row.IsAdmin,
            row.Credential is not null,
            [.. row.Roles.Select(role => new UserAccount(role.Account!.AccountId, role.Role)).OrderBy(role => role.AccountId, StringComparer.Ordinal)],
            row.Version),
        new ListOrder<User>().By("userId", row => row.UserId).By("displayName", row => row.DisplayName, row => row.Id)
            .By("email", row => row.Email, row => row.Id));

    public static Task<Answer<ListPage<AdminUser>>> ListAsync(ListUsersRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Status is { } status ? rows.Where(row => row.Status == (UserStatus)status) : rows;
            rows = request.Filter?.Admin is { } admin ? rows.Where(row => row.IsAdmin == admin) : rows;
            return request.Filter?.UserId is { } userId ? rows.Where(row => row.UserId.StartsWith(userId)) : rows;
        });

    public static Task<Answer<AdminUser>> GetAsync(UserKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.UserId!, row => row.UserId == request.UserId);

    public static async Task<Answer<AdminUser>> CreateAsync(CreateUserRequest request, AdminUnit unit)
    {
        var answer = await unit.CreateAsync(Resource, request.UserId!, row => row.UserId == request.UserId, context =>
        {
            var user = new User
            {
                UserId = request.UserId!,
                DisplayName = request.DisplayName!,
                Email = request.Email!,
                ValidUntil = request.ValidUntil,
                Status = (UserStatus)request.Status,
                IsAdmin = request.Admin,
            };
            context.Add(user);
            SetPassword(unit, user, request.Password);
            return Task.FromResult<Failure?>(null);
        });
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }

    public static async Task<Answer<AdminUser>> UpdateAsync(UpdateUserRequest request, AdminUnit unit)
    {
        var answer = await unit.UpdateAsync(
            Resource, request.UserId!, row => row.UserId == request.UserId, request.Version!.Value, async (context, row) =>
            {
                row.DisplayName = request.DisplayName ?? row.DisplayName;
                row.Email = request.Email ?? row.Email;
                row.ValidUntil = request.Unlimited ? null : request.ValidUntil ?? row.ValidUntil;
                row.Status = request.Status is { } status ? (UserStatus)status : row.Status;
                row.IsAdmin = request.Admin ?? row.IsAdmin;
                if (!Administers(row, unit.Now) && await IsLastAdministratorAsync(context, row, unit.Now))
                {
                    return AdminUnit.InUse($"users: {row.UserId} is the last administrator who may log in");
                }

                if (request.Password is not null || row.Status != UserStatus.Active)
                {
                    row.TokensFrom = unit.Now;
                    await context.Sessions.Where(session => session.UserKey == row.Id).ExecuteDeleteAsync();
                }

                SetPassword(unit, row, request.Password);
                return null;
            });
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }

    public static async Task<Answer<Nothing>> DeleteAsync(DeleteUserRequest request, AdminUnit unit)
    {
        var answer = await unit.DeleteAsync(
            Resource, request.UserId!, row => row.UserId == request.UserId, request.Version!.Value, async (context, row) =>
            {
                if (await context.Accounts.CountAsync(account => account.UserKey == row.Id) is > 0 and var accounts)
                {
                    return AdminUnit.InUse($"users: {accounts} account(s) were opened for {row.UserId}");
                }

                return await IsLastAdministratorAsync(context, row, unit.Now)
                    ? AdminUnit.InUse($"users: {row.UserId} is the last administrator who may log in")
                    : null;
            });
        unit.Service<UserDirectory>().Drop(request.UserId!);
        return answer;
    }

    private static void SetPassword(AdminUnit unit, User user, string? password)
    {
        if (password is null)
        {
            return;
        }

        user.Credential ??= new Credential { Hash = "" };
        user.Credential.Hash = unit.Service<Passwords>().Hash(password);
        user.Credential.Failed = 0;
        user.Credential.LockedUntil = null;
    }

    private static bool Administers(User user, DateTimeOffset now) =>
        user is { IsAdmin: true, Status: UserStatus.Active } && (user.ValidUntil is null || user.ValidUntil > now);

    /// <summary>An installation without an administrator could not be given one by these routes.</summary>
    private static async Task<bool> IsLastAdministratorAsync(MaoHomeContext context, User user, DateTimeOffset now) =>
        !await context.Users.AnyAsync(other =>
            other.Id != user.Id && other.IsAdmin && other.Status == UserStatus.Active && (other.ValidUntil == null || other.ValidUntil > now));
}
