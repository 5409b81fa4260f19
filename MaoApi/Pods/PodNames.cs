using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Pods;

/// <summary>What belongs to an account is called everywhere.</summary>
internal static class PodNames
{
    /// <summary>Label of everything this product makes: the installation.</summary>
    public const string InstallationLabel = "mao.installation";

    /// <summary>Label of everything made for an account.</summary>
    public const string AccountLabel = "mao.account";

    /// <summary>Label of a container: a hash of what it was made from.</summary>
    public const string SpecLabel = "mao.spec";

    /// <summary>Label of the containers that share every account's network.</summary>
    public const string RoleLabel = "mao.role";

    public const string GatewayRole = "gateway";
    public const string PodRole = "pod";
    public const string DatabaseRole = "trading-database";

    public const int EnginePort = 2260;
    public const int HealthPort = 2261;

    /// <summary>User and group of an engine.</summary>
    public const int UserId = 1000;

    private const int LongestUser = 32;
    private const int HashLength = 8;

    /// <summary>Container and network of an account.</summary>
    public static string Of(string accountId) => "mt-" + accountId;

    /// <summary>An account's schema on a database server.</summary>
    public static string SchemaOf(string accountId) => "mt_" + accountId;

    /// <summary>
    /// The user of that schema: its name. MySQL's users have 32 letters at most: a longer one is cut, and ends in a part of the account's hash.
    /// </summary>
    public static string SchemaUserOf(string accountId) => SchemaOf(accountId) is { Length: > LongestUser } schema
        ? $"{schema[..(LongestUser - HashLength - 1)]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountId)))[..HashLength]}"
        : SchemaOf(accountId);

    /// <summary>The name by which engines reach who plays a role.</summary>
    public static string HostOf(string role) => "mao-" + role;
}
