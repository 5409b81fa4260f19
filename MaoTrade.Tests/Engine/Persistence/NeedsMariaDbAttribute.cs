using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>Tests that kill a server and set it as they like: they need the production stack and MariaDB installed on this machine.</summary>
/// <param name="market">Whether they need the market data beside the repository too.</param>
public sealed class NeedsMariaDbAttribute(bool market = false) : ServerTestsAttribute
{
    /// <summary>Whether they need the market data beside the repository too.</summary>
    public bool Market { get; } = market;

    public override string? Missing =>
        !StoreProviders.Built.ContainsKey(StoreProviders.MySql) ? "MySQL is not in this build; build with -p:MaoStack=production"
        : !MariaDbServer.IsInstalled ? "neither mariadbd is installed on this machine nor is MAO_TEST_MYSQLD a program"
        : Market && Repository.MarketData is null ? "there is no market data beside the repository"
        : null;
}
