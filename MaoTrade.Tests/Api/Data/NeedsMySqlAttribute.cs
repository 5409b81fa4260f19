using MaoApi.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Tests that need the production stack and a server: the one of <c>MAO_TEST_MYSQL</c>, or MariaDB installed on this machine.</summary>
public sealed class NeedsMySqlAttribute : ServerTestsAttribute
{
    public override string? Missing =>
        !DatabaseProviders.Built.ContainsKey(DatabaseProviders.MySql) ? "MySQL is not in this build; build with -p:MaoStack=production"
        : MariaDbServer.CanStart ? null
        : "neither MAO_TEST_MYSQL names a server nor is mariadbd installed on this machine";
}
