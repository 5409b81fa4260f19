using MaoApi.Http;
using MaoTrade.Protocol.Client;

namespace MaoTrade.Tests.Api.Http;

public sealed class ApiCodesTests
{
    [Theory]
    [InlineData(400, 422, 30, false)]
    [InlineData(404, 404, 20, false)]
    [InlineData(409, 409, 22, false)]
    [InlineData(413, 413, 33, false)]
    [InlineData(429, 429, 43, false)]
    [InlineData(453, 422, 23, false)]
    [InlineData(454, 422, 24, false)]
    [InlineData(460, 422, 25, false)]
    [InlineData(500, 502, 44, true)]
    [InlineData(503, 503, 43, true)]
    [InlineData(504, 504, 41, true)]
    [InlineData(599, 502, 44, true)]
    public void An_engines_code_has_one_meaning(int engine, int status, int code, bool outage)
    {
        var row = ApiCodes.OfEngine(engine);
        (row.Status, row.Code, row.IsOutage).Should().Be((status, code, outage));
    }

    [Theory]
    [InlineData(ProxyResult.Connect, 502, 40, true)]
    [InlineData(ProxyResult.Timeout, 504, 41, true)]
    [InlineData(ProxyResult.Read, 502, 42, true)]
    [InlineData(ProxyResult.Truncated, 502, 42, true)]
    [InlineData(ProxyResult.Protocol, 502, 42, true)]
    [InlineData(ProxyResult.TooLarge, 502, 42, true)]
    [InlineData(ProxyResult.Busy, 503, 43, false)]
    [InlineData(ProxyResult.CircuitOpen, 503, 45, false)]
    public void A_result_of_the_wire_has_one_meaning(ProxyResult result, int status, int code, bool outage)
    {
        var row = ApiCodes.OfProxy(result);
        (row.Status, row.Code, row.IsOutage).Should().Be((status, code, outage));
    }

    [Fact]
    public void Every_result_of_the_wire_but_success_is_in_the_table() =>
        Enum.GetValues<ProxyResult>().Where(result => result != ProxyResult.NoError)
            .Should().OnlyContain(result => ApiCodes.OfProxy(result) != null);
}
