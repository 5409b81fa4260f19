using System.Net.Sockets;
using System.Text;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

/// <summary>Headers no honest client sends, written byte by byte.</summary>
public sealed class HostileHeaderTests
{
    [Theory]
    [InlineData("deviceid: a\rinjected: b")]
    [InlineData("deviceid: a\0b")]
    [InlineData("deviceid: a\r\n folded")]
    [InlineData("authorization: Bearer a\rb")]
    [InlineData("mao-key : srv-key")]
    [InlineData("content-length: 1\r\ncontent-length: 2")]
    [InlineData("content-length: 1\r\ntransfer-encoding: chunked\r\nx: \0")]
    public async Task What_breaks_the_grammar_is_refused_before_anything_reads_it(string header)
    {
        await using var gateway = await Gateway.StartAsync();

        var answer = await SendAsync(gateway, $"GET /auth/me HTTP/1.1\r\nhost: x\r\n{header}\r\nconnection: close\r\n\r\n");

        answer.Should().StartWith("HTTP/1.1 400 ");
        gateway.HandlersRun.Should().Be(0);
    }

    [Theory]
    [InlineData("deviceid: \u001b[31mred\u0007", @"device=\u001b[31mred\u0007")]
    [InlineData("deviceid: a\u000bb\u007f", @"device=a\u000bb\u007f")]
    public async Task Control_characters_of_a_header_do_not_reach_the_log(string header, string logged)
    {
        await using var gateway = await Gateway.StartAsync();

        await SendAsync(gateway, $"GET /health/live HTTP/1.1\r\nhost: x\r\n{header}\r\nconnection: close\r\n\r\n");

        await Deadlines.Until(() => gateway.Log.All.Any(line => line.Contains(logged, StringComparison.Ordinal)), "the line was not written");
        gateway.Log.All.Should().NotContain(line => line.Any(c => char.IsControl(c) && c != '\n' && c != '\r'));
    }

    [Theory]
    [InlineData("/clientmt/../admin/accounts/list")]
    [InlineData("/clientmt/%2e%2e/admin/accounts/list")]
    [InlineData("//admin/accounts/list")]
    [InlineData("/ADMIN/accounts/list")]
    [InlineData("/admin%2faccounts/list")]
    [InlineData("/admin/accounts/list;x=1")]
    [InlineData("/admin/accounts/list%00")]
    public async Task No_spelling_of_a_path_opens_what_is_closed(string path)
    {
        await using var gateway = await Gateway.StartAsync();

        var answer = await SendAsync(gateway, $"POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {gateway.TokenOf("owner")}\r\n"
            + "content-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");

        answer.Should().MatchRegex("^HTTP/1.1 (400|403|404) ");
        gateway.HandlersRun.Should().Be(0);
    }

    private static async Task<string> SendAsync(Gateway gateway, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Http.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync().Within("the gateway did not end the connection");
    }
}
