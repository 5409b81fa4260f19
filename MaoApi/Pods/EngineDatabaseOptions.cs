using MaoApi.Data;
using MaoApi.Hosting;

namespace MaoApi.Pods;

/// <summary>Where the pod's engines keep their accounts: files of their own, or a schema each on one server.</summary>
internal sealed record EngineDatabaseOptions
{
    private const int MySqlPort = 3306;

    private static readonly string[] ServerNames =
    [
        "ENGINE_DB_HOSTNAME", "ENGINE_DB_PORT", "ENGINE_DB_POOL", "ENGINE_DB_PASSWORDS_DIR",
        "ENGINE_DB_ADMIN_USER", "ENGINE_DB_ADMIN_PASSWORD", "ENGINE_DB_ADMIN_PASSWORD_FILE",
    ];

    /// <summary><c>sqlite</c>, a file of each engine, or <c>mysql</c>. Default sqlite. <c>ENGINE_DB_PROVIDER</c>.</summary>
    public string Provider { get; init; } = DatabaseProviders.Sqlite;

    /// <summary>Name of the trading server, the same for engines and pod. Required for mysql. <c>ENGINE_DB_HOSTNAME</c>.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port of the trading server. Default 3306. <c>ENGINE_DB_PORT</c>.</summary>
    public int Port { get; init; } = MySqlPort;

    /// <summary>Connections of an engine for reads, 1 to 30; null = the engine's own default. <c>ENGINE_DB_POOL</c>.</summary>
    public int? Pool { get; init; }

    /// <summary>Folder of <c>mysql-mt-ACCOUNT</c>, the passwords of users that somebody made; null = the pod makes them. <c>ENGINE_DB_PASSWORDS_DIR</c>.</summary>
    public string? PasswordsDir { get; init; }

    /// <summary>User who makes an account's schema and user; null = somebody else does. <c>ENGINE_DB_ADMIN_USER</c>.</summary>
    public string? AdminUser { get; init; }

    /// <summary>That user's password, a secret. <c>ENGINE_DB_ADMIN_PASSWORD</c>.</summary>
    public string? AdminPassword { get; init; }

    public bool IsServer => Provider == DatabaseProviders.MySql;

    public static EngineDatabaseOptions Read(SettingsReader settings)
    {
        var options = new EngineDatabaseOptions
        {
            Provider = settings.Text("ENGINE_DB_PROVIDER") ?? DatabaseProviders.Sqlite,
            Host = settings.Text("ENGINE_DB_HOSTNAME") ?? "",
            Port = settings.Integer("ENGINE_DB_PORT", MySqlPort, 1, ushort.MaxValue),
            Pool = settings.Text("ENGINE_DB_POOL") is null ? null : settings.Integer("ENGINE_DB_POOL", 4, 1, 30),
            PasswordsDir = settings.Text("ENGINE_DB_PASSWORDS_DIR"),
            AdminUser = settings.Text("ENGINE_DB_ADMIN_USER"),
            AdminPassword = settings.Secret("ENGINE_DB_ADMIN_PASSWORD"),
        };
        if (!DatabaseProviders.Known.Contains(options.Provider, StringComparer.Ordinal))
        {
            settings.Fault($"ENGINE_DB_PROVIDER: '{options.Provider}' is none of {string.Join(", ", DatabaseProviders.Known)}");
        }
        else if (!options.IsServer)
        {
            // Whoever names a server is told that it is not used, rather than left to believe it.
            foreach (var name in ServerNames.Where(name => settings.Text(name) is not null))
            {
                settings.Fault($"{name}: is for ENGINE_DB_PROVIDER mysql, and ENGINE_DB_PROVIDER is {options.Provider}");
            }
        }

        return options;
    }

    /// <summary>What does not fit together, one line each.</summary>
    /// <param name="driver">Where engines run.</param>
    public IEnumerable<string> Faults(PodDriverKind driver)
    {
        if (!IsServer)
        {
            yield break;
        }

        if (Host.Length == 0 || Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return $"ENGINE_DB_HOSTNAME: the name of the trading database server is expected, not '{Host}'";
        }

        if (AdminUser is null && PasswordsDir is null)
        {
            yield return "ENGINE_DB_PASSWORDS_DIR: a folder with a file mysql-mt-ACCOUNT for each account is expected, or ENGINE_DB_ADMIN_USER, who makes schemas and users";
        }
        else if (AdminUser is not null && PasswordsDir is not null)
        {
            yield return "ENGINE_DB_ADMIN_USER: stands beside ENGINE_DB_PASSWORDS_DIR; one of them is expected";
        }

        if (PasswordsDir is { } folder && !Directory.Exists(folder))
        {
            yield return $"ENGINE_DB_PASSWORDS_DIR: there is no folder {folder}";
        }

        if (AdminUser is null != string.IsNullOrEmpty(AdminPassword))
        {
            yield return AdminUser is null
                ? "ENGINE_DB_ADMIN_PASSWORD: is for ENGINE_DB_ADMIN_USER, and there is none"
                : "ENGINE_DB_ADMIN_PASSWORD: the password of ENGINE_DB_ADMIN_USER is expected";
        }

        if ((AdminUser is not null || driver == PodDriverKind.Child) && !DatabaseProviders.Built.ContainsKey(DatabaseProviders.MySql))
        {
            yield return AdminUser is not null
                ? "ENGINE_DB_ADMIN_USER: mysql is not in this build; build with -p:MaoStack=production"
                : "ENGINE_DB_PROVIDER: mysql is not in this build; build with -p:MaoStack=production";
        }
    }
}
