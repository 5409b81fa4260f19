using MaoApi.Data;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Data;

/// <summary>What a caller sees of a database that fails, and what is left in it.</summary>
public sealed class DatabaseFaultTests
{
    private const string Create = """{"epic":"EURUSD","name":"Euro"}""";

    [Fact]
    public async Task A_change_waits_for_another_process_only_so_long_and_leaves_nothing()
    {
        await using var gateway = await Gateway.StartAsync();
        await using var other = new SqliteConnection(
            $"Data Source={gateway.App.Services.GetRequiredService<DataFolder>().Database};Pooling=False");
        await other.OpenAsync();
        await using var held = await other.BeginTransactionAsync();

        var refused = await PostAsync(gateway, "create", Create).Within("the change waited for ever");
        var read = await PostAsync(gateway, "list", "{}");
        await held.RollbackAsync();
        var done = await PostAsync(gateway, "create", Create);

        (refused.Status, refused.Code).Should().Be((503, 50));
        refused.Headers.RetryAfter.Should().NotBeNull();
        read.Code.Should().Be(0, "who only reads need not wait");
        done.Code.Should().Be(0);
        await AssertStoredAsync(gateway, 1);
    }

    [Theory]
    [InlineData("PRAGMA max_page_count=1", "the disk is full")]
    [InlineData("PRAGMA query_only=ON", "the database is read-only")]
    public async Task A_change_that_cannot_be_stored_is_refused_while_reading_goes_on(string statement, string because)
    {
        PragmaOnOpen? database = null;
        await using var gateway = await Gateway.StartAsync(replace: services => services.AddSingleton<IDatabaseProvider>(provider =>
            database = new PragmaOnOpen(new SqliteDatabase(provider.GetRequiredService<DataFolder>()))));
        database!.Statement = statement;

        var big = $$$"""{"accountId":"three","descr":"x","userId":"owner","brokerCode":"paper","config":{"a":"{{{new string('x', 15_000)}}}"}}""";
        var refused = await gateway.PostAsync("/admin/accounts/create", big, "admin");
        var read = await PostAsync(gateway, "list", "{}");
        database.Statement = statement.Contains("query_only", StringComparison.Ordinal) ? "PRAGMA query_only=OFF" : "PRAGMA max_page_count=1000000";
        var done = await gateway.PostAsync("/admin/accounts/create", big, "admin");

        (refused.Status, refused.Code).Should().Be((503, 50), because);
        (read.Code, done.Code).Should().Be((0, 0));
        await using var context = gateway.Database();
        (await context.Accounts.CountAsync(), await context.Audit.CountAsync(), await context.Pods.CountAsync()).Should().Be((3, 1, 1));
    }

    [Fact]
    public async Task A_change_whose_audit_cannot_be_stored_is_not_made()
    {
        await using var gateway = await Gateway.StartAsync();
        await ExecuteAsync(gateway, "CREATE TRIGGER refuse BEFORE INSERT ON mao_audit BEGIN SELECT RAISE(ABORT, 'no'); END");

        var refused = await PostAsync(gateway, "create", Create);

        (refused.Status, refused.Code).Should().Be((503, 50));
        await AssertStoredAsync(gateway, 0);
        await ExecuteAsync(gateway, "DROP TRIGGER refuse");
        (await PostAsync(gateway, "create", Create)).Code.Should().Be(0);
        await AssertStoredAsync(gateway, 1);
    }

    [Fact]
    public async Task A_database_that_is_not_there_tells_nothing_of_itself()
    {
        await using var gateway = await Gateway.StartAsync();
        await ExecuteAsync(gateway, "ALTER TABLE symbols RENAME TO gone");

        var refused = await PostAsync(gateway, "list", "{}");

        (refused.Status, refused.Code, (string)refused.Body["message"]!).Should().Be((503, 50, "database not available"));
    }

    [Fact]
    public async Task Two_who_create_the_same_at_once_make_one()
    {
        await using var gateway = await Gateway.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(gateway, "create", Create)));

        replies.Select(reply => reply.Code).Order().Should().Equal(0, 22, 22, 22, 22, 22, 22, 22);
        await AssertStoredAsync(gateway, 1);
    }

    [Fact]
    public async Task Of_changes_made_at_once_with_the_same_version_one_is_stored()
    {
        await using var gateway = await Gateway.StartAsync();
        await PostAsync(gateway, "create", Create);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => PostAsync(gateway, "update", $$"""{"epic":"EURUSD","version":1,"name":"{{n}}"}""")));

        replies.Select(reply => reply.Code).Order().Should().Equal(0, 22, 22, 22, 22, 22, 22, 22);
        var winner = replies.Single(reply => reply.Code == 0).Data;
        var stored = (await PostAsync(gateway, "get", """{"epic":"EURUSD"}""")).Data;
        ((string)stored["name"]!, (long)stored["version"]!).Should().Be(((string)winner["name"]!, 2L));
    }

    private static async Task AssertStoredAsync(Gateway gateway, int rows)
    {
        await using var context = gateway.Database();
        (await context.Symbols.CountAsync(), await context.Audit.CountAsync()).Should().Be((rows, rows));
    }

    private static async Task ExecuteAsync(Gateway gateway, string sql)
    {
        await using var context = gateway.Database();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    private static Task<Reply> PostAsync(Gateway gateway, string action, string body) =>
        gateway.PostAsync("/admin/symbols/" + action, body, "admin");
}
