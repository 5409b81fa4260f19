using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class CrossOriginTests
{
    private const string Console = "https://console.example.com";

    [Fact]
    public async Task A_listed_origin_may_ask_and_no_other()
    {
        await using var gateway = await StartAsync(Console);

        var allowed = await PreflightAsync(gateway, Console);
        var refused = await PreflightAsync(gateway, "https://evil.example.com");
        var answer = await gateway.SendAsync(
            HttpMethod.Get, "/clientmt/accounts", more: request => request.Headers.Add("Origin", Console));

        allowed.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Console);
        allowed.Headers.Contains("Access-Control-Allow-Credentials").Should().BeFalse();
        refused.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        (answer.Status, answer.Code).Should().Be((401, 10), "an origin opens nothing");
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Console);
        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task Without_a_list_no_origin_is_answered()
    {
        await using var gateway = await Gateway.StartAsync();

        (await PreflightAsync(gateway, Console)).Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("console.example.com")]
    [InlineData("https://console.example.com/path")]
    [InlineData("null")]
    public void What_is_no_origin_is_refused_at_the_start(string text)
    {
        var reader = new SettingsReader(name => name == "CORS_ORIGINS" ? text : null);

        HttpOptions.Read(reader).CorsOrigins.Should().BeEmpty();

        reader.Errors.Should().ContainSingle();
    }

    private static Task<Gateway> StartAsync(string origin) =>
        Gateway.StartAsync(configure: options => options with { Http = new HttpOptions { CorsOrigins = [origin] } });

    private static async Task<HttpResponseMessage> PreflightAsync(Gateway gateway, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/clientmt/orders/open");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");
        return await gateway.Http.SendAsync(request);
    }
}
