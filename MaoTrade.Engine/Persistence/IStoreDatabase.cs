namespace MaoTrade.Engine.Persistence;

/// <summary>Where an account's rows are kept: all that one kind of database differs in from another.</summary>
public interface IStoreDatabase
{
    /// <summary>What differs in the statements.</summary>
    StoreSql Sql { get; }

    /// <summary>A connection that writes. Made ready for durable commits; the schema may be missing.</summary>
    /// <param name="patience">How long a statement waits for another writer.</param>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    /// <exception cref="StoreRefusedException">The database loses what it said it had stored.</exception>
    IStoreConnection Open(TimeSpan patience);

    /// <summary>Reads beside the trade loop.</summary>
    IStoreReader OpenReader();

    /// <summary>Looks for damage before anything is written.</summary>
    /// <exception cref="System.Data.Common.DbException">It is damaged.</exception>
    void Check();

    /// <summary>Brings the schema up to this program. The caller holds the account's lease, where there is one already.</summary>
    /// <exception cref="StoreRefusedException">The schema is of a later program.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Moves a damaged database aside, so that a new one can begin; its new name.</summary>
    /// <exception cref="LeaseLostException">Others may use it: it stays as it is.</exception>
    /// <exception cref="StoreRefusedException">It is on a server, where a person restores it.</exception>
    string KeepAside(DateTimeOffset now);
}
