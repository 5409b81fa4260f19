using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Api.MarketData;

[NeedsMySql]
public sealed class MySqlHistoryTests(MariaDbServer server) : HistoryContract, IClassFixture<MariaDbServer>
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() =>
        Task.FromResult<IDatabaseUnderTest>(new MySqlUnderTest(server));
}
