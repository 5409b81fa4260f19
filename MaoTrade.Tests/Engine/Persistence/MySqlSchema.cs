using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>A schema of its own on a server, dropped at the end.</summary>
internal sealed class MySqlSchema : IDisposable
{
    private readonly StoreOptions _root;

    public MySqlSchema(MariaDbServer server)
    {
        var options = server.Options;
        _root = new StoreOptions
        {
            Provider = StoreProviders.MySql,
            Host = options.Host,
            Port = options.Port,
            User = options.User,
            Password = options.Password,
            Name = $"mt_{Guid.NewGuid():N}",
        };
        Database = At(_root);
    }

    public string Name => _root.Name;

    /// <summary>As the server's own user.</summary>
    public IStoreDatabase Database { get; }

    /// <summary>The same schema, reached in another way.</summary>
    public IStoreDatabase As(Func<StoreOptions, StoreOptions> change) => At(change(_root));

    /// <summary>Runs statements on the server.</summary>
    public void Execute(params IEnumerable<string> statements)
    {
        using var connection = At(_root with { Name = "mysql" }).Open(TimeSpan.FromSeconds(30));
        foreach (var sql in statements)
        {
            using var statement = connection.Prepare(sql);
            statement.Count();
        }
    }

    public void Dispose() => Execute($"DROP DATABASE IF EXISTS {Name}");

    private static IStoreDatabase At(StoreOptions options) => StoreProviders.Built[StoreProviders.MySql](options, "", null);
}
