using System.Data.Common;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoTrade.Tests.Api.Data;

/// <summary>SQLite files that a test makes fail: what it sets is told to every connection when it is taken into use.</summary>
internal sealed class PragmaOnOpen(IDatabaseProvider provider) : DbConnectionInterceptor, IDatabaseProvider
{
    /// <summary>A statement; empty for none.</summary>
    public string Statement { get; set; } = "";

    public void Configure(DbContextOptionsBuilder options, DatabaseName database)
    {
        provider.Configure(options, database);
        options.AddInterceptors(this);
    }

    public Task<IAsyncDisposable> LockAsync(DatabaseName database, CancellationToken cancellationToken) =>
        provider.LockAsync(database, cancellationToken);

    public Task<string?> FindMissingAsync(DatabaseName database, CancellationToken cancellationToken) =>
        provider.FindMissingAsync(database, cancellationToken);

    public Task<bool> HasTableAsync(DbContext context, string table, CancellationToken cancellationToken) =>
        provider.HasTableAsync(context, table, cancellationToken);

    public bool IsDuplicate(DbUpdateException fault) => provider.IsDuplicate(fault);

    public Task TuneAsync(DbContext context, CancellationToken cancellationToken) => provider.TuneAsync(context, cancellationToken);

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Statement.Length > 0)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
