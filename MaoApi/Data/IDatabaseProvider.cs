using Microsoft.EntityFrameworkCore;

namespace MaoApi.Data;

/// <summary>What differs from one kind of database to another. One instance serves the whole process; every member may be called by anyone.</summary>
internal interface IDatabaseProvider
{
    /// <summary>Points a context at its database, with the retries that kind of database needs.</summary>
    void Configure(DbContextOptionsBuilder options, DatabaseName database);

    /// <summary>Makes the database where it is missing and takes the lock under which alone schemas change; disposing gives it back.</summary>
    /// <exception cref="TimeoutException">Another process held the lock for longer than a migration may take.</exception>
    Task<IAsyncDisposable> LockAsync(DatabaseName database, CancellationToken cancellationToken);

    /// <summary>What is missing of a database that was never made, and what makes it; null where it is there.</summary>
    /// <exception cref="System.Data.Common.DbException">Its server does not answer, or not to this user.</exception>
    Task<string?> FindMissingAsync(DatabaseName database, CancellationToken cancellationToken);

    /// <summary>Whether a table exists.</summary>
    Task<bool> HasTableAsync(DbContext context, string table, CancellationToken cancellationToken);

    /// <summary>Whether a change was refused because a row of the same unique key is there already.</summary>
    bool IsDuplicate(DbUpdateException fault);

    /// <summary>What is set once a database has its schema.</summary>
    Task TuneAsync(DbContext context, CancellationToken cancellationToken);
}

/// <summary>The databases of the gateway.</summary>
internal enum DatabaseName
{
    /// <summary>Configuration.</summary>
    MaoHome,

    /// <summary>Market history.</summary>
    MaoData,
}
