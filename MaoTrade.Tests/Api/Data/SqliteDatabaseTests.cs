namespace MaoTrade.Tests.Api.Data;

public sealed class SqliteDatabaseTests : DatabaseContract
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() => Task.FromResult<IDatabaseUnderTest>(new SqliteUnderTest());
}
