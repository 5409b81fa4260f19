using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Limits;

public sealed class SlowAndHugeTests
{
    [Fact]
    public async Task A_body_that_stalls_is_408_37_and_its_handler_does_not_run()
    {
        await using var gateway = await Gateway.StartAsync();

        var answer = await SendRawAsync(
            gateway, "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"user\":");

        answer.Should().StartWith("HTTP/1.1 408 ");
        Code(answer).Should().Be(37);
    }

    [Theory]
    [InlineData(20_000, 1)]
    [InlineData(10, 100)]
    public async Task Too_many_header_bytes_or_headers_are_431(int bytes, int headers)
    {
        await using var gateway = await Gateway.StartAsync();
        var request = new StringBuilder("GET /health/live HTTP/1.1\r\nHost: x\r\n");
        for (var i = 0; i < headers; i++)
        {
            request.Append($"h{i}: {new string('a', bytes)}\r\n");
        }

        var answer = await SendRawAsync(gateway, request.Append("\r\n").ToString());

        answer.Should().StartWith("HTTP/1.1 431 ");
    }

    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 ")]
    [InlineData("GET /health\0 HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /health HTTP/9.9\r\nHost: x\r\n\r\n", "HTTP/1.1 505 ")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", "HTTP/1.1 400 ")]
    public async Task What_is_no_http_is_refused_and_nothing_of_the_inside_is_told(string request, string expected)
    {
        await using var gateway = await Gateway.StartAsync();

        var answer = await SendRawAsync(gateway, request);

        answer.Should().StartWith(expected).And.NotContain("Exception").And.NotContain("   at ");
    }

    private static async Task<string> SendRawAsync(Gateway gateway, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Http.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(answer.ToString()))
        {
            var count = await stream.ReadAsync(buffer).AsTask().Within("the gateway did not answer");
            if (count == 0)
            {
                break;
            }

            answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return answer.ToString();
    }

    private static bool IsWhole(string answer) =>
        answer.Contains("\r\n\r\n", StringComparison.Ordinal)
        && (answer.EndsWith('}') || answer.Contains("Content-Length: 0", StringComparison.OrdinalIgnoreCase) || answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal));

    private static int Code(string answer)
    {
        var begin = answer.IndexOf('{', StringComparison.Ordinal);
        var end = answer.LastIndexOf('}');
        return (int)JsonNode.Parse(answer[begin..(end + 1)])!["code"]!;
    }
}
