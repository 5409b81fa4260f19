using System.Data.Common;

namespace MaoTrade.Engine.Persistence;

/// <summary>Reads rows. Thread-safe where it is not part of a connection that writes.</summary>
public interface IStoreReader : IDisposable
{
    /// <summary>All rows of a query.</summary>
    /// <param name="sql">With parameters $1, $2 …, a constant.</param>
    /// <param name="map">A row as a value.</param>
    /// <param name="values">Of the parameters: strings, integers, doubles.</param>
    /// <exception cref="DbException">The database does not answer.</exception>
    List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object> values);
}
