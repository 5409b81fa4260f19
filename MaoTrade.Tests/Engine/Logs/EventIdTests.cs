using System.Reflection;
using MaoTrade.Engine.Hosting;
using MaoTrade.Protocol.Client;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Engine.Logs;

public sealed class EventIdTests
{
    [Theory]
    [InlineData(typeof(MTProxy), 1_000)]
    [InlineData(typeof(EngineHost), 2_000)]
    [InlineData(typeof(MaoApi.Hosting.GatewayApplication), 3_000)]
    public void Every_line_of_a_log_has_a_number_of_its_own_in_the_range_of_its_project(Type project, int from)
    {
        var ids = project.Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>().ToArray();

        ids.Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.OnlyContain(id => id >= from && id < from + 1_000);
    }
}
