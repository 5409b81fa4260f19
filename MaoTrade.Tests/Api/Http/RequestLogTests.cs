using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class RequestLogTests
{
    private const string Source = "MaoApi.Http.RequestLogMiddleware: ";

    [Fact]
    public async Task A_request_leaves_a_line_when_it_comes_and_one_when_it_is_done()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SendAsync(
            HttpMethod.Get, "/no/such?token=secret", more: request => request.Headers.Add("deviceid", "phone-1"));

        var id = reply.Headers.GetValues("X-Request-Id").Single();
        await Deadlines.Until(() => Lines(gateway).Count == 2, "the end line was not written");
        Lines(gateway)[0].Should().StartWith($"{Source}-> rid={id} 127.0.0.1:").And.Contain("GET /no/such device=phone-1");
        Lines(gateway)[1].Should().StartWith($"{Source}<- rid={id} 127.0.0.1:").And.MatchRegex(@"GET /no/such device=phone-1 404 \d+ ms");
        Lines(gateway).Should().NotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_characters_of_a_path_stay_on_their_line()
    {
        await using var gateway = await Gateway.StartAsync();

        await gateway.SendAsync(HttpMethod.Get, "/a%0D%0Ab%1B%5B31m");

        await Deadlines.Until(() => Lines(gateway).Count == 2, "the end line was not written");
        Lines(gateway).Should().OnlyContain(line => line.Contains(@"/a\u000d\u000ab\u001b[31m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_id_goes_to_the_engine()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.GetAsync("/clientmt/orders");

        var request = await gateway.Engine.NextRequestAsync();
        request["rid"]!.ToString().Should().Be(reply.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task A_traceparent_is_honoured()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.SendAsync(HttpMethod.Get, "/health/live", more: request =>
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        reply.Headers.GetValues("X-Request-Id").Should().Equal("0af7651916cd43dd8448eb211c80319c");
    }

    private static List<string> Lines(Gateway gateway) =>
        [.. gateway.Log.All.Where(line => line.StartsWith(Source, StringComparison.Ordinal))];
}
