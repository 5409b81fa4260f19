namespace MaoApi.Data.Entities;

/// <summary>What a user may do with an account (<c>mao_account_roles</c>).</summary>
internal sealed class AccountRole : IVersioned
{
    public int AccountKey { get; set; }

    public int UserKey { get; set; }

    /// <summary>One of <see cref="AccountRoles"/>.</summary>
    public required string Role { get; set; }

    public long Version { get; set; }

    public Account? Account { get; set; }

    public User? User { get; set; }
}

/// <summary>The words of <c>mao_account_roles.role</c>.</summary>
internal static class AccountRoles
{
    public const string Viewer = "viewer";
    public const string Owner = "owner";
    public const string Admin = "admin";
}
