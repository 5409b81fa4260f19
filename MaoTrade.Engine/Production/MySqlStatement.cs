using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Production;

/// <summary>A statement of the connection that writes.</summary>
/// <param name="connection">Where it runs.</param>
/// <param name="sql">With the driver's parameters.</param>
internal sealed class MySqlStatement(MySqlStoreConnection connection, string sql) : IStoreStatement
{
    public void Run(params ReadOnlySpan<object> values) => connection.Add(sql, values);

    public int Count(params ReadOnlySpan<object> values) => connection.Count(sql, values);

    public void Dispose()
    {
        // Nothing of it is kept at the server.
    }
}
