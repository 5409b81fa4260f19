namespace MaoTrade.Tests.Api.Data;

[NeedsMySql]
public sealed class MySqlDatabaseTests(MariaDbServer server) : DatabaseContract, IClassFixture<MariaDbServer>
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() =>
        Task.FromResult<IDatabaseUnderTest>(new MySqlUnderTest(server.Options));
}
