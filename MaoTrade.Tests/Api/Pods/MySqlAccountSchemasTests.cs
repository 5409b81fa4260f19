using MaoApi.Data;
using MaoApi.Pods;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Engine.Persistence;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>A pod's user makes schemas and users of accounts on a real server; engines go there with what they were given.</summary>
[NeedsOwnMySql]
public sealed class MySqlAccountSchemasTests(MariaDbServer server) : IClassFixture<MariaDbServer>
{
    private static readonly string[] Rights =
    [
        "CREATE USER 'maopod'@'%' IDENTIFIED BY 'podsecret'",
        "GRANT CREATE USER ON *.* TO 'maopod'@'%'",
        @"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON `mt\_%`.* TO 'maopod'@'%' WITH GRANT OPTION",
    ];

    [ContractFact]
    public async Task Each_engine_can_make_and_use_its_own_schema_and_see_no_other()
    {
        using var root = new MySqlSchema(server);
        root.Execute([.. Rights.Select((sql, at) => at == 0 ? sql.Replace("USER", "USER IF NOT EXISTS", StringComparison.Ordinal) : sql)]);
        var schemas = AccountSchemas.Built!(Options("maopod", "podsecret"));

        // By an unescaped _ the user of the first could use the second.
        await schemas.EnsureAsync("mt_a_b", "mt_a_b", "first", default);
        await schemas.EnsureAsync("mt_acb", "mt_acb", "second", default);
        var long40 = new string('x', 40);
        await schemas.EnsureAsync(PodNames.SchemaOf(long40), PodNames.SchemaUserOf(long40), "third", default);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Engine("mt_a_b", "mt_a_b", "first").MigrateAsync(default))));
        await Engine("mt_acb", "mt_acb", "second").MigrateAsync(default);
        await Engine(PodNames.SchemaOf(long40), PodNames.SchemaUserOf(long40), "third").MigrateAsync(default);
        using (var own = Engine("mt_a_b", "mt_a_b", "first").Open(TimeSpan.FromSeconds(10)))
        {
            own.HasTable("orders").Should().BeTrue();
            own.Read("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name LIKE 'mt%'", row => row.GetInt64(0)).Should().Equal(1);
            foreach (var forbidden in (string[])
            [
                "SELECT * FROM mt_acb.orders", "DELETE FROM mt_acb.orders", "CREATE DATABASE mt_other", "CREATE TABLE mt_acb.more (id INT)", "SELECT * FROM mysql.user",
                "CREATE USER 'friend'@'%' IDENTIFIED BY 'x'", "GRANT SELECT ON mt_a_b.* TO 'mt_acb'@'%'", "SET GLOBAL innodb_flush_log_at_trx_commit = 2",
            ])
            {
                using var statement = own.Prepare(forbidden);
                statement.Invoking(one => one.Count()).Should().Throw<Exception>("{0} is not its business", forbidden).Which.Message.Should().MatchRegex("(?i)denied");
            }
        }

        var stranger = () => Engine("mt_acb", "mt_a_b", "first").Open(TimeSpan.FromSeconds(10)).Dispose();
        stranger.Should().Throw<Exception>().Which.Message.Should().MatchRegex("(?i)denied");

        // A password that was lost is set again, and the schema stays as it is.
        await schemas.EnsureAsync("mt_a_b", "mt_a_b", "another", default);
        using var again = Engine("mt_a_b", "mt_a_b", "another").Open(TimeSpan.FromSeconds(10));
        again.HasTable("orders").Should().BeTrue();
    }

    [ContractFact]
    public async Task What_the_server_refuses_is_an_error_and_a_server_that_is_away_is_not()
    {
        using var root = new MySqlSchema(server);
        root.Execute("CREATE USER IF NOT EXISTS 'nobody'@'%' IDENTIFIED BY 'x'");

        var poor = () => AccountSchemas.Built!(Options("nobody", "x")).EnsureAsync("mt_one", "mt_one", "secretword", default);
        var wrong = () => AccountSchemas.Built!(Options("nobody", "y")).EnsureAsync("mt_one", "mt_one", "secretword", default);
        var away = () => AccountSchemas.Built!(Options("nobody", "x") with { Port = 1 }).EnsureAsync("mt_one", "mt_one", "secretword", default);

        foreach (var (call, isAway) in new[] { (poor, false), (wrong, false), (away, true) })
        {
            var fault = (await call.Should().ThrowAsync<PodDriverException>()).Which;
            (fault.IsAway, fault.Message.Contains("secretword", StringComparison.Ordinal)).Should().Be((isAway, false));
        }
    }

    private EngineDatabaseOptions Options(string user, string password) => new()
    {
        Provider = DatabaseProviders.MySql,
        Host = server.Options.Host,
        Port = server.Options.Port,
        AdminUser = user,
        AdminPassword = password,
    };

    private IStoreDatabase Engine(string schema, string user, string password) => StoreProviders.Built[StoreProviders.MySql](
        new StoreOptions { Provider = StoreProviders.MySql, Host = server.Options.Host, Port = server.Options.Port, Name = schema, User = user, Password = password }, "", null);
}
