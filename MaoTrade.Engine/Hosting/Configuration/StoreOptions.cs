using System.Globalization;
using System.Text.RegularExpressions;
using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>Where the account's rows lie.</summary>
public sealed partial record StoreOptions
{
    private const int MySqlPort = 3306;

    /// <summary><c>sqlite</c>, a file in the account's folder, or <c>mysql</c>, a schema on a server. Environment DB_PROVIDER. Default sqlite.</summary>
    public string Provider { get; init; } = StoreProviders.Sqlite;

    /// <summary>Name of the server. Environment DB_HOSTNAME. Required for mysql.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port of the server, 1–65535. Environment DB_PORT. Default 3306.</summary>
    public int Port { get; init; } = MySqlPort;

    /// <summary>User at the server, who needs no more than this schema. Environment DB_USER. Default the name of the schema.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password, a secret. Environment DB_PASSWORD, or DB_PASSWORD_FILE for a file that holds it. Default none.</summary>
    public string Password { get; init; } = "";

    /// <summary>The schema: 1 to 44 letters, digits and _. Environment DB_NAME. Default <c>mt_{account}</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Connections at most for reads beside the one that trades, 1–30. Environment DB_POOL. Default 4.</summary>
    public int Pool { get; init; } = 4;

    /// <summary>Reads and checks them; every fault is named, no secret is.</summary>
    public static StoreOptions Read(string accountId, Func<string, string?> environment, ICollection<string> faults)
    {
        var provider = Text("DB_PROVIDER") ?? StoreProviders.Sqlite;
        var found = faults.Count;
        if (!StoreProviders.Known.Contains(provider, StringComparer.Ordinal))
        {
            faults.Add($"DB_PROVIDER: '{provider}' is none of {string.Join(", ", StoreProviders.Known)}");
        }
        else if (!StoreProviders.Built.ContainsKey(provider))
        {
            faults.Add($"DB_PROVIDER: {provider} is not in this build; build with -p:MaoStack=production");
        }

        var name = Text("DB_NAME") ?? $"mt_{accountId}";
        var options = new StoreOptions
        {
            Provider = provider,
            Host = Text("DB_HOSTNAME") ?? "",
            Port = Number("DB_PORT", MySqlPort, ushort.MaxValue),
            User = Text("DB_USER") ?? name,
            Password = ReadPassword(),
            Name = name,
            Pool = Number("DB_POOL", 4, 30),
        };
        if (provider == StoreProviders.MySql)
        {
            options.CheckServer(faults);
        }
        else if (faults.Count == found)
        {
            NameUnused();
        }

        return options;

        string? Text(string variable) => environment(variable) is { Length: > 0 } text ? text : null;

        int Number(string variable, int otherwise, int most)
        {
            if (Text(variable) is not { } text)
            {
                return otherwise;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            {
                return number;
            }

            faults.Add($"{variable}: 1 to {most.ToString(CultureInfo.InvariantCulture)} is expected, not '{text}'");
            return otherwise;
        }

        string ReadPassword()
        {
            if (Text("DB_PASSWORD_FILE") is not { } file)
            {
                return Text("DB_PASSWORD") ?? "";
            }

            if (Text("DB_PASSWORD") is not null)
            {
                faults.Add("DB_PASSWORD_FILE: stands beside DB_PASSWORD; one of them is expected");
            }

            try
            {
                return File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add($"DB_PASSWORD_FILE: {exception.Message}");
                return "";
            }
        }

        // Whoever names a server is told that it is not used, rather than left to believe it.
        void NameUnused()
        {
            foreach (var variable in new[] { "DB_HOSTNAME", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_PASSWORD_FILE" })
            {
                if (Text(variable) is not null)
                {
                    faults.Add($"{variable}: is for DB_PROVIDER mysql, and DB_PROVIDER is {provider}");
                }
            }
        }
    }

    /// <summary>Without the password.</summary>
    public override string ToString() =>
        Provider == StoreProviders.Sqlite ? Provider : $"{Provider} {User}@{Host}:{Port.ToString(CultureInfo.InvariantCulture)}/{Name}";

    private void CheckServer(ICollection<string> faults)
    {
        if (Host.Length == 0 || Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            faults.Add($"DB_HOSTNAME: the name of the database server is expected, not '{Host}'");
        }

        // The schema stands in a statement that takes no parameters, and in the names of locks, which end at 64 characters.
        if (!Schema().IsMatch(Name))
        {
            faults.Add($"DB_NAME: '{Name}' is not a name of 1 to 44 letters, digits and _");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,44}$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Schema();
}
