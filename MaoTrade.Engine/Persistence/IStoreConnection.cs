namespace MaoTrade.Engine.Persistence;

/// <summary>A connection that writes, in one transaction at a time. Not thread-safe.</summary>
public interface IStoreConnection : IStoreReader
{
    /// <summary>Makes a statement ready.</summary>
    /// <param name="sql">With parameters $1, $2 …, which first appear in this order; a constant.</param>
    IStoreStatement Prepare(string sql);

    /// <summary>Begins a transaction.</summary>
    void Begin();

    /// <summary>Ends the transaction: durable when it returns.</summary>
    /// <exception cref="CommitUnknownException">The connection was lost before the answer: it happened, or it did not.</exception>
    void Commit();

    /// <summary>Undoes the transaction, where there is one; never throws.</summary>
    void Rollback();

    /// <summary>Whether there is such a table.</summary>
    bool HasTable(string name);
}
