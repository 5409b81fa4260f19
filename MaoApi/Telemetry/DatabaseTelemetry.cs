using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoApi.Telemetry;

/// <summary>Measures every database command and counts those that lost against others; a span for each while somebody listens.</summary>
internal sealed class DatabaseTelemetry(GatewayMetrics metrics, string store) : DbCommandInterceptor
{
    private const string DeadlockState = "40001";
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Ended(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Ended(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Ended(command, eventData);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Failed(command, eventData);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(command, eventData);
        return Task.CompletedTask;
    }

    private static bool IsDeadlock(Exception fault) => fault switch
    {
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        DbException database => database.SqlState == DeadlockState,
        _ => false,
    };

    private void Failed(DbCommand command, CommandErrorEventData eventData)
    {
        if (IsDeadlock(eventData.Exception))
        {
            metrics.Deadlock();
        }

        Ended(command, eventData)?.SetStatus(ActivityStatusCode.Error, eventData.Exception.GetType().Name);
    }

    /// <summary>The text of a command holds names of columns, never values: those are parameters.</summary>
    private Activity? Ended(DbCommand command, CommandEndEventData eventData)
    {
        metrics.Query(store, eventData.Duration.TotalSeconds);
        if (Activity.Current is not { Source.Name: Tracing.SourceName } parent)
        {
            return null;
        }

        using var span = Tracing.Source.StartActivity(
            "database command", ActivityKind.Client, parent.Context, startTime: eventData.StartTime);
        span?.SetTag("db.namespace", store);
        span?.SetTag("db.query.text", command.CommandText);
        return span;
    }
}
