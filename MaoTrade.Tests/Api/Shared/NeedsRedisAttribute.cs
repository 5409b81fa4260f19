using MaoApi.Shared;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>Tests that need the production stack and redis-server.</summary>
public sealed class NeedsRedisAttribute : ServerTestsAttribute
{
    public override string? Missing =>
        SharedStores.Built is null ? "Redis is not in this build; build with -p:MaoStack=production"
        : RedisServer.CanStart ? null
        : "redis-server is not installed on this machine";
}
