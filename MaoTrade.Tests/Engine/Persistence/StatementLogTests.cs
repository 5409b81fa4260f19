using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Engine.Persistence;

public sealed class StatementLogTests
{
    [Fact]
    public void What_SQLite_runs_is_said_without_the_values()
    {
        var logger = new Lines();
        Run(new StatementLog(StatementLogging.All, logger));

        logger.Said.Should().ContainSingle(line => line.Contains("INSERT INTO t VALUES ($1)", StringComparison.Ordinal));
        logger.Said.Should().NotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StatementLogging.Off)]
    [InlineData(StatementLogging.Slow)]
    public void Quick_statements_are_not_said_unless_all_are_asked_for(StatementLogging what)
    {
        var logger = new Lines();
        Run(new StatementLog(what, logger));

        logger.Said.Should().NotContain(line => line.Contains("which is slow", StringComparison.Ordinal) == false);
    }

    [Fact]
    public void A_slow_statement_is_a_warning()
    {
        var logger = new Lines();
        var log = new StatementLog(StatementLogging.Slow, logger);

        log.Ran("SELECT 1", StatementLog.SlowTime);
        log.Ran("SELECT 2", StatementLog.SlowTime - TimeSpan.FromTicks(1));

        logger.Said.Should().Equal("Warning Database: 100.000 ms, which is slow, for SELECT 1");
    }

    private static void Run(StatementLog log)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        log.Follow(connection);
        using var command = new SqliteCommand("CREATE TABLE t (v TEXT)", connection);
        command.ExecuteNonQuery();
        using var prepared = new SqliteStatement(connection, "INSERT INTO t VALUES ($1)");
        prepared.Run("secret");
    }

    private sealed class Lines : ILogger<StatementLog>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add($"{logLevel} {formatter(state, exception)}");
    }
}
