using System.Text;
using MaoTrade.Engine.Server;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Protocol.Peers;

public sealed class InteroperabilityTests
{
    private static readonly byte[] ServerPayload = [.. Enumerable.Repeat(Enumerable.Range(0, 256).Select(i => (byte)i), 300).SelectMany(b => b)];

    [ServerFact("python3")]
    public async Task A_client_that_reads_to_the_end_gets_its_reply()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        using var client = new PythonPeer("one_request_client.py", $"{host.Port}", "{\"service\":5,\"data\":{\"è\":1}}");
        (await client.LineAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{\"è\":1}}");
    }

    [ServerFact("python3")]
    public async Task A_client_that_reads_to_the_marker_gets_its_payload()
    {
        var service = new FunctionService(1, _ => new ServiceReply(
            0, "", default, new ReplyPayload(new MemoryStream(ServerPayload), ServerPayload.Length, "log.zip", "application/zip", "")));
        await using var host = await WireHost.StartAsync(null, service);
        using var client = new PythonPeer("one_request_client.py", $"{host.Port}", "{\"service\":1,\"data\":{\"logDate\":\"2026-01-05\"}}");
        (await client.LineAsync()).Should().Contain("\"binary_transfer\":true");
        (await client.LineAsync()).Should().Be($"{ServerPayload.Length} {Crc32(ServerPayload)}");
    }

    [ServerFact("python3")]
    public async Task A_client_that_sends_nonsense_gets_its_400()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        using var client = new PythonPeer("one_request_client.py", $"{host.Port}", "nonsense");
        (await client.LineAsync()).Should().StartWith("{\"code\":400,");
    }

    [ServerFact("python3")]
    public Task A_server_that_answers_and_closes_is_understood() => AnswersAsync("plain");

    [ServerFact("python3")]
    public Task A_server_that_terminates_and_closes_is_understood() => AnswersAsync("terminated");

    [ServerFact("python3")]
    public Task A_server_that_appends_an_empty_marker_is_understood() => AnswersAsync("empty-marker");

    [ServerFact("python3")]
    public Task A_payload_from_a_closing_server_arrives_whole() => DeliversAsync("payload");

    [ServerFact("python3")]
    public Task A_payload_behind_a_terminator_arrives_whole() => DeliversAsync("payload-after-04");

    [ServerFact("python3")]
    public async Task A_short_payload_from_a_closing_server_is_not_taken_for_whole()
    {
        var deliver = () => DeliversAsync("short");
        (await deliver.Should().ThrowAsync<PayloadException>()).Which.Result.Should().Be(ProxyResult.Truncated);
    }

    private static async Task AnswersAsync(string kind)
    {
        using var server = new PythonPeer("closing_server.py", kind);
        await using var proxy = await ConnectAsync(server);
        for (var service = 3; service <= 5; service++)
        {
            await using var reply = await proxy.SendAsync(new ProxyRequest(service, default), default).AsTask().WaitAsync(WireHost.Patience);
            reply.Result.Should().Be(ProxyResult.NoError, reply.Detail);
            reply.Message.Should().Be("è fatto");
            Encoding.UTF8.GetString(reply.Data.Span).Should().Be($"{{\"service\": {service}}}");
            (await server.LineAsync()).Should().StartWith($"{{\"service\":{service},");
        }

        proxy.IsClassic.Should().BeTrue();
    }

    private static async Task DeliversAsync(string kind)
    {
        using var server = new PythonPeer("closing_server.py", kind);
        await using var proxy = await ConnectAsync(server);
        for (var i = 0; i < 2; i++)
        {
            await using var reply = await proxy.SendAsync(new ProxyRequest(1, default) { ExpectsPayload = true }, default)
                .AsTask().WaitAsync(WireHost.Patience);
            reply.Result.Should().Be(ProxyResult.NoError, reply.Detail);
            using var received = new MemoryStream();
            await reply.Payload!.CopyToAsync(received, default).WaitAsync(WireHost.Patience);
            received.ToArray().Should().Equal(ServerPayload);
        }
    }

    private static async Task<MTProxy> ConnectAsync(PythonPeer server) => new(
        "127.0.0.1", int.Parse(await server.LineAsync()), new MTProxyOptions(), TimeProvider.System, NullLogger<MTProxy>.Instance);

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
