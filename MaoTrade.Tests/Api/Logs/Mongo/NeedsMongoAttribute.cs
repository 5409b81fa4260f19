using MaoApi.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Logs.Mongo;

/// <summary>Tests that need the production stack and a MongoDB server without passwords, <c>MAO_TEST_MONGODB</c>, as host:port.</summary>
public sealed class NeedsMongoAttribute : ServerTestsAttribute
{
    /// <summary>Host and port; null where none is named.</summary>
    public static string? Server { get; } = Environment.GetEnvironmentVariable("MAO_TEST_MONGODB");

    public override string? Missing =>
        !LogStores.Built.ContainsKey(LogStores.MongoDb) ? "MongoDB is not in this build; build with -p:MaoStack=production"
        : Server is null ? "MAO_TEST_MONGODB names no MongoDB server"
        : null;
}
