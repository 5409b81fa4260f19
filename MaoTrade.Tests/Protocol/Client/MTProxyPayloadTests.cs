using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;

namespace MaoTrade.Tests.Protocol.Client;

/// <summary>Replies with a payload: a stream of a length that was told, or a loud failure.</summary>
public sealed class MTProxyPayloadTests : MTProxyRig
{
    private static readonly ProxyRequest Download = new(1, default) { ExpectsPayload = true };

    [Fact]
    public async Task A_payload_is_a_stream_of_known_length_and_its_connection_is_used_again()
    {
        var call = SendAsync(Download);
        using var connection = await Engine.AcceptAsync();
        var id = await connection.IdAsync();
        await connection.SendAsync(PayloadHead(id, 6) + "ab<04><00>");
        await using (var reply = await Within(call))
        {
            reply.Payload!.SizeBytes.Should().Be(6);
            reply.Payload.FileName.Should().Be("log.zip");
            reply.Payload.Sha256.Should().Be("ab12");
            await connection.SendAsync("cd");
            using var copy = new MemoryStream();
            await reply.Payload.CopyToAsync(copy, default).WaitAsync(WireHost.Patience);
            copy.ToArray().Should().Equal((byte)'a', (byte)'b', 4, 0, (byte)'c', (byte)'d');
        }

        var again = SendAsync(Download);
        await connection.AnswerAsync(await connection.IdAsync(), "{\"n\":5}");
        Data(await Within(again)).Should().Be("{\"n\":5}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_payload_cut_short_fails_loudly_with_both_counts(int sent)
    {
        var call = SendAsync(Download);
        using var connection = await Engine.AcceptAsync();
        var id = await connection.IdAsync();
        await connection.SendAsync(PayloadHead(id, 6) + new string('x', sent));
        connection.Dispose();
        await using var reply = await Within(call);
        var copy = () => reply.Payload!.CopyToAsync(Stream.Null, default).WaitAsync(WireHost.Patience);
        var failure = (await copy.Should().ThrowAsync<PayloadException>()).Which;
        failure.Result.Should().Be(ProxyResult.Truncated);
        failure.Message.Should().Contain($"{sent} of 6 bytes");
    }

    [Fact]
    public async Task A_payload_that_stands_still_is_given_up_after_fifteen_seconds()
    {
        var call = SendAsync(Download);
        using var connection = await Engine.AcceptAsync();
        await connection.SendAsync(PayloadHead(await connection.IdAsync(), 60_000) + new string('x', 50_000));
        await using var reply = await Within(call);
        var bytes = new byte[50_000];
        await reply.Payload!.Content.ReadExactlyAsync(bytes).AsTask().WaitAsync(WireHost.Patience);
        Clock.Advance(TimeSpan.FromMinutes(5));
        var rest = reply.Payload.CopyToAsync(Stream.Null, default);
        Clock.Advance(TimeSpan.FromSeconds(14));
        rest.IsCompleted.Should().BeFalse("a slow reader's own pause does not count");
        Clock.Advance(TimeSpan.FromSeconds(2));
        var wait = () => rest.WaitAsync(WireHost.Patience);
        (await wait.Should().ThrowAsync<PayloadException>()).Which.Result.Should().Be(ProxyResult.Timeout);
    }

    [Fact]
    public async Task A_payload_over_the_callers_limit_is_refused_before_it_is_read()
    {
        var call = SendAsync(Download with { MaxPayloadBytes = 5 });
        using var connection = await Engine.AcceptAsync();
        await connection.SendAsync(PayloadHead(await connection.IdAsync(), 6));
        (await Within(call)).Result.Should().Be(ProxyResult.TooLarge);
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task Downloads_wait_for_their_first_byte_sixty_seconds()
    {
        var call = SendAsync(Download);
        using var connection = await Engine.AcceptAsync();
        await connection.RequestAsync();
        Clock.Advance(TimeSpan.FromSeconds(59));
        call.IsCompleted.Should().BeFalse();
        Clock.Advance(TimeSpan.FromSeconds(2));
        (await Within(call)).Result.Should().Be(ProxyResult.Timeout);
    }

    [Fact]
    public async Task Long_json_that_comes_as_payload_is_data()
    {
        using var connection = await OpenAsync();
        var call = SendAsync(Read);
        var text = "{\"x\":\"" + new string('y', 100_000) + "\"}";
        await connection.SendAsync(
            "{\"code\":0,\"message\":\"\",\"data\":{\"binary_transfer\":true,\"contentType\":\"application/json\",\"size\":" + text.Length
            + "},\"id\":\"" + await connection.IdAsync() + "\"}<MARK>"
            + string.Concat(BitConverter.GetBytes(text.Length).Reverse().Select(b => $"<{b:X2}>")) + text);
        Data(await Within(call)).Should().Be(text);
    }

    private static string PayloadHead(string id, int size) =>
        "{\"code\":0,\"message\":\"\",\"data\":{\"binary_transfer\":true,\"fileName\":\"log.zip\",\"contentType\":\"application/zip\",\"size\":"
        + size + ",\"sha256\":\"ab12\"},\"id\":\"" + id + "\"}<MARK>"
        + string.Concat(BitConverter.GetBytes(size).Reverse().Select(b => $"<{b:X2}>"));
}
