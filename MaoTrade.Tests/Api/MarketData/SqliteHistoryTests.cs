using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Api.MarketData;

public sealed class SqliteHistoryTests : HistoryContract
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() => Task.FromResult<IDatabaseUnderTest>(new SqliteUnderTest());
}
