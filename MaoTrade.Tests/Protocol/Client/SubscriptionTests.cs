using System.Text;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Protocol.Framing;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Protocol.Client;

/// <summary>A subscription as the client of the wire gives it to its caller.</summary>
public sealed class SubscriptionTests : IAsyncDisposable
{
    private readonly ScriptedEngine _engine = new();
    private readonly FakeClock _clock = new();
    private readonly MTProxy _proxy;

    public SubscriptionTests() =>
        _proxy = new MTProxy("127.0.0.1", _engine.Port, new MTProxyOptions(), _clock, NullLogger<MTProxy>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task Replies_come_one_by_one_wherever_the_stream_is_cut_until_one_is_the_last()
    {
        var stream = WireBytes.Of(
            "{\"code\":0,\"message\":\"\",\"data\":{\"seq\":1},\"id\":\"1\",\"more\":true}<04>"
            + "{\"code\":0,\"message\":\"\",\"data\":{\"seq\":2},\"id\":\"1\",\"more\":true}<04>"
            + "{\"code\":429,\"message\":\"too slow\",\"data\":{},\"id\":\"1\",\"more\":false}<04>");
        for (var cut = 1; cut < stream.Length; cut++)
        {
            var reading = ReadAsync();
            using var connection = await _engine.AcceptAsync();
            (await connection.RequestAsync()).Should().Be("{\"service\":5,\"data\":{\"op\":\"subscribe\"},\"id\":\"1\",\"rid\":\"r\"}");
            await connection.SendAsync(stream[..cut]);
            await connection.SendAsync(stream[cut..]);

            (await reading.WaitAsync(WireHost.Patience)).Should().Equal(["0 {\"seq\":1} more", "0 {\"seq\":2} more", "429 {}"], "cut at {0}", cut);
            await connection.ClosedAsync();
        }
    }

    [Fact]
    public async Task An_engine_that_dies_ends_the_sequence_with_what_the_network_did()
    {
        var reading = ReadAsync();
        using (var connection = await _engine.AcceptAsync())
        {
            await connection.RequestAsync();
            await connection.SendAsync("{\"code\":0,\"message\":\"\",\"data\":{\"seq\":1},\"id\":\"1\",\"more\":true}<04>{\"code\":0");
        }

        (await reading.WaitAsync(WireHost.Patience)).Should().Equal("0 {\"seq\":1} more", "Truncated");
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_one_reply()
    {
        _engine.Dispose();

        (await ReadAsync().WaitAsync(WireHost.Patience)).Should().Equal("Connect");
    }

    [Fact]
    public async Task A_silent_engine_is_asked_and_one_that_does_not_answer_is_taken_for_gone()
    {
        var reading = ReadAsync();
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        await connection.SendAsync("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"1\",\"more\":true}<04>");
        var question = connection.RequestAsync();
        await Until.TrueAsync("the client asks", WireHost.Patience, () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(question.IsCompleted || reading.IsCompleted);
        });
        (await question).Should().Be("{\"service\":5,\"data\":{},\"id\":\"2\"}");
        await connection.SendAsync("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"2\"}<04>");
        await connection.SendAsync("{\"code\":0,\"message\":\"\",\"data\":{\"seq\":9},\"id\":\"1\",\"more\":true}<04>");

        await Until.TrueAsync("the client gives up", WireHost.Patience, () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(reading.IsCompleted);
        });

        (await reading).Should().Equal("0 {} more", "0 {\"seq\":9} more", "Read");
    }

    [Fact]
    public async Task Who_leaves_closes_the_connection()
    {
        await using var replies = _proxy.SubscribeAsync("{\"op\":\"subscribe\"}"u8.ToArray(), "r").GetAsyncEnumerator();
        var first = replies.MoveNextAsync();
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        await connection.SendAsync("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"1\",\"more\":true}<04>");
        (await first).Should().BeTrue();

        await replies.DisposeAsync();

        await connection.ClosedAsync();
    }

    private async Task<List<string>> ReadAsync()
    {
        var lines = new List<string>();
        await foreach (var reply in _proxy.SubscribeAsync("{\"op\":\"subscribe\"}"u8.ToArray(), "r"))
        {
            lines.Add(reply.Result == ProxyResult.NoError
                ? $"{reply.Code} {Encoding.UTF8.GetString(reply.Data.Span)}{(reply.More ? " more" : "")}"
                : reply.Result.ToString());
        }

        return lines;
    }
}
