using System.Text.RegularExpressions;
using MaoApi.Data;

namespace MaoApi.Hosting;

/// <summary>Which databases the gateway keeps its rows in.</summary>
internal sealed partial record DatabaseOptions
{
    private const string Scheme = "mysql";
    private const int MySqlPort = 3306;

    /// <summary><c>sqlite</c>, files in the data folder, or <c>mysql</c>. Default sqlite. <c>DB_PROVIDER</c>.</summary>
    public string Provider { get; init; } = DatabaseProviders.Sqlite;

    /// <summary>Name of the MySQL server. Default localhost. <c>MYSQL_HOST</c>, or in <c>DATABASE_URI</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port of the MySQL server. Default 3306. <c>MYSQL_PORT</c>, or in <c>DATABASE_URI</c>.</summary>
    public int Port { get; init; } = MySqlPort;

    /// <summary>User at the MySQL server. Default maotrade. <c>MYSQL_USER</c>, or in <c>DATABASE_URI</c>.</summary>
    public string User { get; init; } = "maotrade";

    /// <summary>Password at the MySQL server, a secret. <c>MYSQL_PASSWORD</c>, or in <c>DATABASE_URI</c>.</summary>
    public string Password { get; init; } = "";

    /// <summary>Schema of the configuration. Default maohome. <c>DB_MAOHOME</c>.</summary>
    public string MaoHome { get; init; } = "maohome";

    /// <summary>Schema of the market history. Default maodata. <c>DB_MAODATA</c>.</summary>
    public string MaoData { get; init; } = "maodata";

    /// <summary>Connections to the MySQL server at most, for both schemas together. Default 30, range 3 to 1,000. <c>DB_POOL</c>.</summary>
    public int Pool { get; init; } = 30;

    /// <summary>Whether statements are written to the log, without their values. Default false. <c>DB_LOG_ACTIVITY</c>.</summary>
    public bool IsLogged { get; init; }

    public static DatabaseOptions Read(SettingsReader settings)
    {
        var options = new DatabaseOptions
        {
            Provider = settings.Adapter("DB_PROVIDER", DatabaseProviders.Sqlite, DatabaseProviders.Known, DatabaseProviders.Built.ContainsKey),
            Host = settings.Text("MYSQL_HOST") ?? "localhost",
            Port = settings.Integer("MYSQL_PORT", MySqlPort, 1, ushort.MaxValue),
            User = settings.Text("MYSQL_USER") ?? "maotrade",
            Password = settings.Secret("MYSQL_PASSWORD") ?? "",
            MaoHome = ReadSchema(settings, "DB_MAOHOME", "maohome"),
            MaoData = ReadSchema(settings, "DB_MAODATA", "maodata"),
            Pool = settings.Integer("DB_POOL", 30, 3, 1000),
            IsLogged = settings.Flag("DB_LOG_ACTIVITY"),
        };
        return settings.Secret("DATABASE_URI") is { } uri ? options.At(settings, uri) : options;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => Provider == DatabaseProviders.Sqlite ? Provider : $"{Provider} {User}@{Host}:{Port} {MaoHome} {MaoData}";

    /// <summary>Schemas stand in statements that take no parameters: only what needs no quoting is let through.</summary>
    private static string ReadSchema(SettingsReader settings, string name, string otherwise)
    {
        var schema = settings.Text(name) ?? otherwise;
        if (!Schema().IsMatch(schema))
        {
            settings.Fault($"{name}: '{schema}' is not a name of 1 to 64 letters, digits and _");
        }

        return schema;
    }

    private DatabaseOptions At(SettingsReader settings, string text)
    {
        // Never repeated in the message: it holds the password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Scheme || uri.Host.Length == 0)
        {
            settings.Fault("DATABASE_URI: mysql://user:password@host:port/schema is expected");
            return this;
        }

        var user = uri.UserInfo.Split(':', 2);
        var schema = uri.AbsolutePath.Trim('/');
        if (schema.Length > 0 && !Schema().IsMatch(schema))
        {
            settings.Fault("DATABASE_URI: the schema is not a name of 1 to 64 letters, digits and _");
        }

        return this with
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : MySqlPort,
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : User,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : Password,
            MaoHome = schema.Length > 0 ? schema : MaoHome,
        };
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,64}$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Schema();
}
