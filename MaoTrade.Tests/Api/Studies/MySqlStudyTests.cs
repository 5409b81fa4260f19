using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Api.Studies;

[NeedsMySql]
public sealed class MySqlStudyTests(MariaDbServer server) : StudyContract, IClassFixture<MariaDbServer>
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() =>
        Task.FromResult<IDatabaseUnderTest>(new MySqlUnderTest(server));
}
