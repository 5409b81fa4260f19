using MaoApi.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoApi.Data;

/// <summary>A file in the data folder for each database. Whoever holds the data folder alone changes schemas.</summary>
internal sealed class SqliteDatabase(DataFolder folder) : IDatabaseProvider
{
    /// <summary>How long a statement waits for another process to end its own: the retry this kind of database needs.</summary>
    private const int BusySeconds = 5;

    public void Configure(DbContextOptionsBuilder options, DatabaseName database) => options
        .UseSqlite($"Data Source={PathOf(database)};Foreign Keys=True;Default Timeout={BusySeconds}")
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    public Task<IAsyncDisposable> LockAsync(DatabaseName database, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(new FolderLock());

    public Task<string?> FindMissingAsync(DatabaseName database, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(database)) ? null : $"--data-dir: there is no database {PathOf(database)}; mao init makes it");

    public async Task<bool> HasTableAsync(DbContext context, string table, CancellationToken cancellationToken) =>
        await context.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = {table}")
            .SingleAsync(cancellationToken) == 1;

    public Task TuneAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);

    public bool IsDuplicate(DbUpdateException fault) =>
        fault.InnerException is SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    private string PathOf(DatabaseName database) => database switch
    {
        DatabaseName.MaoHome => folder.Database,
        _ => folder.HistoryDatabase,
    };

    /// <summary>The data folder's own lock is held as long as the process lives.</summary>
    private sealed class FolderLock : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
