using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Engine.Persistence;

[NeedsMySql]
public sealed class MySqlSystemStoreTests(MariaDbServer server) : SystemStoreContract, IClassFixture<MariaDbServer>, IDisposable
{
    private readonly Lazy<MySqlSchema> _schema = new(() => new MySqlSchema(server));

    protected override IStoreDatabase Database => _schema.Value.Database;

    public void Dispose()
    {
        if (_schema.IsValueCreated)
        {
            _schema.Value.Dispose();
        }
    }
}
