using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Persistence.Sqlite;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

public sealed class SqliteSystemStoreTests : SystemStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IStoreDatabase Database => SqliteStoreDatabase.At(_folder.File("mt.db"));

    public void Dispose() => _folder.Dispose();
}
