using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Tests that kill the server: it must be one they started.</summary>
public sealed class NeedsOwnMySqlAttribute : ServerTestsAttribute
{
    public override string? Missing => new NeedsMySqlAttribute().Missing ?? (MariaDbServer.IsOurs ? null : "the server of MAO_TEST_MYSQL is not killed");
}
