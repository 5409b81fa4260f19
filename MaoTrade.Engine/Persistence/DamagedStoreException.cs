using System.Data.Common;

namespace MaoTrade.Engine.Persistence;

/// <summary>The database is whole and what it holds cannot be read.</summary>
public sealed class DamagedStoreException(string message, Exception? cause = null) : DbException(message, cause);
