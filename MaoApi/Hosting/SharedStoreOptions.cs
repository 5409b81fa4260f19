using MaoApi.Shared;

namespace MaoApi.Hosting;

/// <summary>Where gateways keep what they share: rate limits, circuits of engines, requests under way.</summary>
internal sealed record SharedStoreOptions
{
    private const string Plain = "redis";
    private const string Tls = "rediss";
    private const int RedisPort = 6379;
    private const int MaxDatabase = 15;

    /// <summary>Name of the Redis server. Default none: each gateway keeps it in its own memory. In <c>REDIS_URL</c>.</summary>
    public string? Host { get; init; }

    /// <summary>TCP port of the server. Default 6379. In <c>REDIS_URL</c>.</summary>
    public int Port { get; init; } = RedisPort;

    /// <summary>User at the server. Default none: the server's own default user. In <c>REDIS_URL</c>.</summary>
    public string? User { get; init; }

    /// <summary>Password at the server, a secret. Default none. <c>REDIS_PASSWORD</c>, or in <c>REDIS_URL</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Number of the database on the server. Default 0, range 0 to 15. In <c>REDIS_URL</c>.</summary>
    public int Database { get; init; }

    /// <summary>Whether the server is spoken to under TLS: <c>rediss://</c>. Default no.</summary>
    public bool IsTls { get; init; }

    /// <summary>How long a request waits for the server at most, ms. Default 100, range 5 to 5,000. <c>REDIS_TIMEOUT_MS</c>.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(100);

    public static SharedStoreOptions Read(SettingsReader settings)
    {
        var options = new SharedStoreOptions
        {
            Password = settings.Secret("REDIS_PASSWORD"),
            Patience = TimeSpan.FromMilliseconds(settings.Integer("REDIS_TIMEOUT_MS", 100, 5, 5000)),
        };
        if (settings.Secret("REDIS_URL") is not { } url)
        {
            return options;
        }

        if (SharedStores.Built is null)
        {
            settings.Fault("REDIS_URL: redis is not in this build; build with -p:MaoStack=production");
        }

        return options.At(settings, url);
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => Host is null ? "the memory of this process" : $"redis at {Host}:{Port}";

    private SharedStoreOptions At(SettingsReader settings, string text)
    {
        // Never repeated in the message: it may hold the password.
        var database = 0;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not (Plain or Tls) || uri.Host.Length == 0
            || (uri.AbsolutePath.Trim('/') is { Length: > 0 } path && (!int.TryParse(path, out database) || database is < 0 or > MaxDatabase)))
        {
            settings.Fault($"REDIS_URL: redis://user:password@host:port/database is expected, or rediss://; a database is 0 to {MaxDatabase}");
            return this;
        }

        var user = uri.UserInfo.Split(':', 2);
        return this with
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : RedisPort,
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = Password ?? (user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null),
            Database = database,
            IsTls = uri.Scheme == Tls,
        };
    }
}
