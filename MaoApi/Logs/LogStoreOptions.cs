using MaoApi.Hosting;

namespace MaoApi.Logs;

/// <summary>Which store the central log is searched in.</summary>
internal sealed record LogStoreOptions
{
    private static readonly string[] Schemes = ["mongodb://", "mongodb+srv://"];

    /// <summary>
    /// <c>embedded</c>, a file in the data folder that the gateway fills, or <c>mongodb</c>, what Fluentd has collected.
    /// Default mongodb where <c>MONGODB_URI</c> is given, else embedded. <c>LOG_STORE</c>.
    /// </summary>
    public string Store { get; init; } = LogStores.Embedded;

    /// <summary>
    /// Servers, user and options of the driver, <c>mongodb://user@host:port/database?authSource=admin</c>; a secret, for it may hold the
    /// password. Without a database it is maologs. <c>MONGODB_URI</c>.
    /// </summary>
    public string? MongoUri { get; init; }

    /// <summary>Password of the user in the address, a secret; null = the address holds it, or nobody asks. <c>MONGODB_PASSWORD</c>.</summary>
    public string? MongoPassword { get; init; }

    public static LogStoreOptions Read(SettingsReader settings)
    {
        var uri = ReadUri(settings);
        var options = new LogStoreOptions
        {
            Store = ReadStore(settings, uri),
            MongoUri = uri,
            MongoPassword = settings.Secret("MONGODB_PASSWORD"),
        };
        LogStores.Check(options, settings.Fault);
        return options;
    }

    /// <summary>Without address and password.</summary>
    public override string ToString() => Store;

    private static string? ReadUri(SettingsReader settings)
    {
        var uri = settings.Secret("MONGODB_URI");
        if (uri is null || Array.Exists(Schemes, scheme => uri.StartsWith(scheme, StringComparison.Ordinal)))
        {
            return uri;
        }

        // Never repeated in the message: it may hold the password.
        settings.Fault("MONGODB_URI: mongodb://user:password@host:port/database is expected");
        return null;
    }

    private static string ReadStore(SettingsReader settings, string? uri)
    {
        var store = settings.Adapter("LOG_STORE", uri is null ? LogStores.Embedded : LogStores.MongoDb, LogStores.Known, LogStores.Built.ContainsKey);
        if (store == LogStores.MongoDb && uri is null && LogStores.Built.ContainsKey(store))
        {
            settings.Fault("MONGODB_URI: is missing; LOG_STORE mongodb needs it");
        }

        return store;
    }
}
