using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class WholeValidationTests
{
    [Fact]
    public async Task Rules_between_fields_are_told_beside_faults_of_fields()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync(
            "/clientmt/signal/validate",
            """{"signal":{"epic":"E","system":"S","timeFrame":0,"params":[],"startTrade":20,"endTrade":10}}""");

        Fields(reply).Should().BeEquivalentTo("signal.timeFrame", "signal.params", "signal.endTrade");
    }

    [Fact]
    public async Task A_query_tells_all_of_its_faults_too()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.GetAsync("/clientmt/orders?limit=500&from=2026-02-01&to=2026-01-01");

        Fields(reply).Should().BeEquivalentTo("limit", "to");
    }

    [Fact]
    public async Task A_rule_is_told_once()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/clientmt/log", """{"logDate":"2026-01-05","logDateTo":"2026-01-04"}""");

        Fields(reply).Should().Equal("logDateTo");
    }

    private static List<string> Fields(Reply reply) => [.. reply.Data["errors"]!.AsArray().Select(error => (string)error!["field"]!)];
}
