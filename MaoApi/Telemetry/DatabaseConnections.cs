using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoApi.Telemetry;

/// <summary>Counts connections that are out of their pool.</summary>
internal sealed class DatabaseConnections : DbConnectionInterceptor
{
    private int _inUse;

    public int InUse => Volatile.Read(ref _inUse);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Interlocked.Increment(ref _inUse);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _inUse);
        return Task.CompletedTask;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Interlocked.Decrement(ref _inUse);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Interlocked.Decrement(ref _inUse);
        return Task.CompletedTask;
    }
}
