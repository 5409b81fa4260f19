using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth;

/// <summary>Who a request without a token is, where development asks for a mock user: the first user's accounts, and the flag <c>admin</c>.</summary>
internal sealed class MockUser(MockUserOptions options, IDbContextFactory<MaoHomeContext> contexts, TimeProvider time)
{
    private const int FirstUserKey = 1;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(100);

    public bool IsOn => options.Mode != MockUserMode.None;

    public async ValueTask<Caller> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await context.AccountRoles.AsNoTracking()
            .Where(role => role.UserKey == FirstUserKey && role.Account!.IsActive)
            .OrderBy(role => role.Account!.AccountId)
            .Select(role => new CallerAccount(role.Account!.AccountId, role.Role))
            .ToListAsync(cancellationToken);
        var validUntil = time.GetUtcNow() + (options.Mode == MockUserMode.Valid ? Validity : -Validity);
        return new Caller(FirstUserKey, "mock", "Mock user", "mock@localhost", UserStatus.Active, validUntil, true, accounts);
    }
}
