using System.Diagnostics.CodeAnalysis;
using System.Text;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Protocol.Client;

[SuppressMessage("Design", "CA1001", Justification = "The test framework calls DisposeAsync.")]
public sealed class MTProxyTests : IAsyncLifetime
{
    private const string Plain = "{\"code\":0,\"message\":\"\",\"data\":{\"n\":1}}";

    private static readonly ProxyRequest Read = new(5, default) { Idempotent = true };
    private static readonly ProxyRequest Command = new(2, Encoding.UTF8.GetBytes("{\"srvId\":1}"));
    private static readonly ProxyRequest Download = new(1, default) { ExpectsPayload = true };

    private readonly FakeClock _clock = new();
    private readonly ScriptedEngine _engine = new();
    private MTProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _proxy = New(_engine.Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task One_request_goes_alone_until_an_id_was_echoed_then_many_share_the_connection()
    {
        var first = SendAsync(Read);
        var second = SendAsync(Read);
        using var connection = await _engine.AcceptAsync();
        var id = await connection.IdAsync();
        await connection.AnswerAsync(id, "{\"n\":1}");
        Data(await Within(first)).Should().Be("{\"n\":1}");

        var third = SendAsync(Read);
        var ids = new[] { await connection.IdAsync(), await connection.IdAsync() };
        await connection.AnswerAsync(ids[1], "{\"n\":3}");
        await connection.AnswerAsync(ids[0], "{\"n\":2}");
        new[] { Data(await Within(second)), Data(await Within(third)) }.Should().BeEquivalentTo("{\"n\":2}", "{\"n\":3}");
        _engine.HasCaller.Should().BeFalse();
    }

    [Fact]
    public async Task A_peer_that_echoes_no_id_gets_one_connection_per_request_for_ten_minutes()
    {
        for (var i = 0; i < 3; i++)
        {
            var call = SendAsync(Read);
            using var connection = await _engine.AcceptAsync();
            (await connection.RequestAsync()).Contains("\"id\"", StringComparison.Ordinal).Should().Be(i == 0);
            await connection.SendAsync(Plain);
            connection.Dispose();
            Data(await Within(call)).Should().Be("{\"n\":1}");
            _proxy.IsClassic.Should().BeTrue();
        }

        _clock.Advance(TimeSpan.FromMinutes(10.1));
        _proxy.IsClassic.Should().BeFalse();
        var again = SendAsync(Read);
        using var modern = await _engine.AcceptAsync();
        await modern.AnswerAsync(await modern.IdAsync());
        (await Within(again)).Result.Should().Be(ProxyResult.NoError);
    }

    [Fact]
    public async Task A_refusal_for_want_of_connections_does_not_mark_the_peer()
    {
        var call = SendAsync(Read);
        using var connection = await _engine.AcceptAsync();
        await connection.SendAsync("{\"code\":503,\"message\":\"full\",\"data\":{}}<04>");
        (await Within(call)).Code.Should().Be(503);
        _proxy.IsClassic.Should().BeFalse();
    }

    [Fact]
    public async Task No_listener_is_a_connect_failure()
    {
        _engine.Dispose();
        (await Within(SendAsync(Read))).Result.Should().Be(ProxyResult.Connect);
    }

    [Fact]
    public async Task A_silent_engine_is_a_timeout_after_time_to_live_and_grace()
    {
        var call = SendAsync(Command with { TimeToLive = TimeSpan.FromSeconds(3) });
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        _clock.Advance(TimeSpan.FromSeconds(7.5));
        call.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await Within(call)).Result.Should().Be(ProxyResult.Timeout);
    }

    [Fact]
    public async Task A_late_reply_is_dropped_and_counted_and_meets_nobody()
    {
        using var connection = await OpenAsync();
        var slow = SendAsync(Command with { TimeToLive = TimeSpan.FromSeconds(1) });
        var lateId = await connection.IdAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var next = SendAsync(Read);
        var nextId = await connection.IdAsync();
        _clock.Advance(TimeSpan.FromSeconds(4));
        var other = SendAsync(Read);
        var otherId = await connection.IdAsync();
        await connection.AnswerAsync(otherId);
        await Within(other);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        (await Within(slow)).Result.Should().Be(ProxyResult.Timeout);
        await connection.SendAsync($"{{\"code\":0,\"id\":\"{lateId}\",\"more\":true}}<04>{{\"code\":0,\"id\":\"nobody\"}}<04>");
        await connection.AnswerAsync(nextId, "{\"n\":9}");
        Data(await Within(next)).Should().Be("{\"n\":9}");
        _proxy.DroppedReplies.Should().Be(2);
    }

    [Fact]
    public async Task A_command_is_not_sent_again_once_it_has_left_but_a_read_is()
    {
        using (var connection = await OpenAsync())
        {
            var command = SendAsync(Command);
            var read = SendAsync(Read);
            await connection.RequestAsync();
            await connection.RequestAsync();
            connection.Dispose();
            (await Within(command)).Result.Should().Be(ProxyResult.Read);
            using var next = await _engine.AcceptAsync();
            await next.AnswerAsync(await next.IdAsync(), "{\"n\":2}");
            Data(await Within(read)).Should().Be("{\"n\":2}");
        }
    }

    [Theory]
    [InlineData("{\"code\":0,\"mess", ProxyResult.Truncated, "15 bytes")]
    [InlineData("hello<04>", ProxyResult.Protocol, "NotJson")]
    [InlineData("{\"code\":0,\"data\":{}}<MARK><00><00><00><02>hi", ProxyResult.Protocol, "UnannouncedPayload")]
    [InlineData("{\"code\":0,\"data\":{\"binary_transfer\":true,\"size\":9}}<MARK><00><00><00><02>hi", ProxyResult.Protocol, "SizeMismatch")]
    [InlineData("{\"code\":0,\"data\":{\"binary_transfer\":true}}", ProxyResult.Truncated, "42 bytes")]
    [InlineData("", ProxyResult.Read, "without a reply")]
    public async Task A_broken_reply_is_named(string bytes, ProxyResult expected, string detail)
    {
        var call = SendAsync(Command);
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        await connection.SendAsync(bytes);
        connection.Dispose();
        var reply = await Within(call);
        reply.Result.Should().Be(expected);
        reply.Detail.Should().Contain(detail);
    }

    [Fact]
    public async Task A_reply_over_the_limit_is_too_large_and_never_a_success()
    {
        var call = SendAsync(Command);
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        await connection.SendAsync(Encoding.ASCII.GetBytes("{\"code\":0,\"message\":\"" + new string('x', 1024 * 1024)));
        (await Within(call)).Result.Should().Be(ProxyResult.TooLarge);
    }

    [Fact]
    public async Task A_payload_is_a_stream_of_known_length_and_its_connection_is_used_again()
    {
        var call = SendAsync(Download);
        using var connection = await _engine.AcceptAsync();
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
        using var connection = await _engine.AcceptAsync();
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
        using var connection = await _engine.AcceptAsync();
        await connection.SendAsync(PayloadHead(await connection.IdAsync(), 60_000) + new string('x', 50_000));
        await using var reply = await Within(call);
        var bytes = new byte[50_000];
        await reply.Payload!.Content.ReadExactlyAsync(bytes).AsTask().WaitAsync(WireHost.Patience);
        _clock.Advance(TimeSpan.FromMinutes(5));
        var rest = reply.Payload.CopyToAsync(Stream.Null, default);
        _clock.Advance(TimeSpan.FromSeconds(14));
        rest.IsCompleted.Should().BeFalse("a slow reader's own pause does not count");
        _clock.Advance(TimeSpan.FromSeconds(2));
        var wait = () => rest.WaitAsync(WireHost.Patience);
        (await wait.Should().ThrowAsync<PayloadException>()).Which.Result.Should().Be(ProxyResult.Timeout);
    }

    [Fact]
    public async Task A_payload_over_the_callers_limit_is_refused_before_it_is_read()
    {
        var call = SendAsync(Download with { MaxPayloadBytes = 5 });
        using var connection = await _engine.AcceptAsync();
        await connection.SendAsync(PayloadHead(await connection.IdAsync(), 6));
        (await Within(call)).Result.Should().Be(ProxyResult.TooLarge);
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task Downloads_wait_for_their_first_byte_sixty_seconds()
    {
        var call = SendAsync(Download);
        using var connection = await _engine.AcceptAsync();
        await connection.RequestAsync();
        _clock.Advance(TimeSpan.FromSeconds(59));
        call.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(2));
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

    [Fact]
    public async Task An_idle_connection_is_dropped_after_forty_five_seconds()
    {
        using var connection = await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(46));
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_its_own_cancellation()
    {
        using var connection = await OpenAsync();
        using var patience = new CancellationTokenSource();
        var call = _proxy.SendAsync(Read, patience.Token).AsTask();
        await connection.RequestAsync();
        await patience.CancelAsync();
        var wait = () => call.WaitAsync(WireHost.Patience);
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Too_many_calls_in_flight_are_busy()
    {
        await using var narrow = New(_engine.Port, options => options.MaxInFlight = 1);
        var first = narrow.SendAsync(Read, default).AsTask();
        using var connection = await _engine.AcceptAsync();
        await connection.AnswerAsync(await connection.IdAsync());
        await Within(first);
        var second = narrow.SendAsync(Read, default).AsTask();
        await connection.RequestAsync();
        (await Within(narrow.SendAsync(Read, default).AsTask())).Result.Should().Be(ProxyResult.Busy);
        connection.Dispose();
        second.IsFaulted.Should().BeFalse();
    }

    [Fact]
    public async Task Data_that_would_break_the_frame_is_a_fault_of_the_caller()
    {
        var send = () => SendAsync(new ProxyRequest(5, "{\"a\":\"\u0004\"}"u8.ToArray()));
        await send.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        var make = () => New(1, options => (options.MaxInFlight, options.IdleTimeout) = (0, TimeSpan.Zero));
        make.Should().Throw<ArgumentException>().WithMessage("*IdleTimeout*MaxInFlight*");
    }

    private static string PayloadHead(string id, int size) =>
        "{\"code\":0,\"message\":\"\",\"data\":{\"binary_transfer\":true,\"fileName\":\"log.zip\",\"contentType\":\"application/zip\",\"size\":"
        + size + ",\"sha256\":\"ab12\"},\"id\":\"" + id + "\"}<MARK>"
        + string.Concat(BitConverter.GetBytes(size).Reverse().Select(b => $"<{b:X2}>"));

    private static Task<ProxyReply> Within(Task<ProxyReply> call) => call.WaitAsync(WireHost.Patience);

    private static string Data(ProxyReply reply)
    {
        reply.Result.Should().Be(ProxyResult.NoError, reply.Detail);
        return Encoding.UTF8.GetString(reply.Data.Span);
    }

    private MTProxy New(int port, Action<MTProxyOptions>? configure = null)
    {
        var options = new MTProxyOptions();
        configure?.Invoke(options);
        return new MTProxy("127.0.0.1", port, options, _clock, NullLogger<MTProxy>.Instance);
    }

    private Task<ProxyReply> SendAsync(ProxyRequest request) => _proxy.SendAsync(request, default).AsTask();

    /// <summary>A connection on which an id was echoed.</summary>
    private async Task<ScriptedConnection> OpenAsync()
    {
        var probe = SendAsync(Read);
        var connection = await _engine.AcceptAsync();
        await connection.AnswerAsync(await connection.IdAsync());
        await Within(probe);
        return connection;
    }
}
