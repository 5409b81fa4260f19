namespace MaoTrade.Engine.Persistence;

/// <summary>A statement that writes. Values are strings, integers, doubles, UTF-8 text as bytes, and DBNull.</summary>
public interface IStoreStatement : IDisposable
{
    /// <summary>Runs it, at the latest with the commit, before which it also fails.</summary>
    /// <exception cref="System.Data.Common.DbException">It, or one before it, did not run.</exception>
    void Run(params ReadOnlySpan<object> values);

    /// <summary>Runs it now; how many rows it met.</summary>
    /// <exception cref="System.Data.Common.DbException">It, or one before it, did not run.</exception>
    int Count(params ReadOnlySpan<object> values);
}
