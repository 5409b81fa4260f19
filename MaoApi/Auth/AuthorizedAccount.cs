using MaoApi.Data.Entities;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>What a request wants to do with an account.</summary>
internal enum AccountLevel
{
    /// <summary>Every role may.</summary>
    Read,

    /// <summary>Owners and administrators of the account: orders, signals, settings, logs.</summary>
    Trade,

    /// <summary>Administrators of the account, logged in themselves: who may do what with it.</summary>
    Administer,
}

/// <summary>
/// Proof that somebody may act on an account. Engines are reached only with one, and only the checks below make one.
/// </summary>
internal sealed class AuthorizedAccount
{
    private AuthorizedAccount(string accountId) => AccountId = accountId;

    public string AccountId { get; }

    /// <summary>The gateway itself, looking after its engines.</summary>
    public static AuthorizedAccount OfSupervisor(string accountId) => new(accountId);

    /// <summary>A platform administrator, on a route for administrators, on an account that exists.</summary>
    public static AuthorizedAccount OfAdministrator(string accountId) => new(accountId);

    /// <summary>All accounts on which the caller has the level.</summary>
    public static AuthorizedAccount[] AllOf(Caller caller, AccountLevel level) =>
        [.. caller.Accounts.Where(account => Allows(caller, account.Role, level)).Select(account => new AuthorizedAccount(account.AccountId))];

    /// <summary>
    /// The account named, or the caller's only one where none is named. A foreign account is refused in the same words as one that
    /// does not exist.
    /// </summary>
    public static Failure? Refuse(Caller caller, string? accountId, AccountLevel level, out AuthorizedAccount? account)
    {
        account = null;
        if (string.IsNullOrEmpty(accountId))
        {
            if (caller.Accounts.Count > 1)
            {
                return Failure.Invalid("accountId", "required", "the user has several accounts: accountId is required");
            }

            accountId = caller.Accounts.Count == 1 ? caller.Accounts[0].AccountId : "";
        }

        foreach (var open in caller.Accounts)
        {
            if (open.AccountId == accountId && Allows(caller, open.Role, level))
            {
                account = new AuthorizedAccount(open.AccountId);
                return null;
            }
        }

        return Failure.Of(ApiCodes.Forbidden);
    }

    private static bool Allows(Caller caller, string role, AccountLevel level) => role switch
    {
        _ when caller.TokenScope == AccessTokenScopes.Read && level != AccountLevel.Read => false,
        AccountRoles.Admin => level is not AccountLevel.Administer || caller.TokenScope is null,
        AccountRoles.Owner => level is AccountLevel.Read or AccountLevel.Trade,
        AccountRoles.Viewer => level is AccountLevel.Read,
        _ => false,
    };
}
