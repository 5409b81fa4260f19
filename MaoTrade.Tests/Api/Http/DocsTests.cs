using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class DocsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task The_page_runs_its_own_script_and_style_and_nothing_else()
    {
        await using var gateway = await Gateway.StartAsync();

        using var answer = await gateway.Http.GetAsync("/docs");

        var page = await answer.Content.ReadAsStringAsync();
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        policy.Should().Contain("default-src 'none'").And.NotContain("unsafe").And.NotContain("http");
        foreach (var element in new[] { "script", "style" })
        {
            var text = Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline, Limit).Groups[1].Value;
            policy.Should().Contain($"{element}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'");
        }

        Regex.Matches(page, "https?://", RegexOptions.None, Limit).Should().BeEmpty("the page takes nothing from elsewhere");
        Regex.Matches(page, @"\son\w+=|style=|innerHTML", RegexOptions.None, Limit).Should().BeEmpty("the policy would stop it");
    }

    [Theory]
    [InlineData("Production", "0.0.0.0", null, 404)]
    [InlineData("Production", "127.0.0.1", null, 200)]
    [InlineData("Staging", "0.0.0.0", null, 200)]
    [InlineData("Production", "0.0.0.0", true, 200)]
    [InlineData("Development", "127.0.0.1", false, 404)]
    public async Task The_description_is_off_in_production_unless_it_is_asked_for(string environment, string bind, bool? docs, int status)
    {
        await using var gateway = await Gateway.StartAsync(configure: options => options with
        {
            Environment = Enum.Parse<GatewayEnvironment>(environment),
            Bind = IPAddress.Parse(bind),
            Http = new HttpOptions { Docs = docs },
        });

        foreach (var path in new[] { "/docs", "/openapi/v1.json" })
        {
            using var answer = await gateway.Http.GetAsync(new UriBuilder(gateway.Http.BaseAddress!) { Host = "127.0.0.1", Path = path }.Uri);
            ((int)answer.StatusCode).Should().Be(status, path);
        }
    }
}
