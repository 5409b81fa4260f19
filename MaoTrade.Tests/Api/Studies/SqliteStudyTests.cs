using MaoTrade.Tests.Api.Data;

namespace MaoTrade.Tests.Api.Studies;

public sealed class SqliteStudyTests : StudyContract
{
    private protected override Task<IDatabaseUnderTest> CreateAsync() => Task.FromResult<IDatabaseUnderTest>(new SqliteUnderTest());
}
