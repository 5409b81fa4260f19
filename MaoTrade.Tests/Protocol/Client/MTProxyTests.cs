using System.Text;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;

namespace MaoTrade.Tests.Protocol.Client;

public sealed class MTProxyTests : MTProxyRig
{
    private const string Plain = "{\"code\":0,\"message\":\"\",\"data\":{\"n\":1}}";

    private static readonly ProxyRequest Command = new(2, Encoding.UTF8.GetBytes("{\"srvId\":1}"));

    [Fact]
    public async Task One_request_goes_alone_until_an_id_was_echoed_then_many_share_the_connection()
    {
        var first = SendAsync(Read);
        var second = SendAsync(Read);
        using var connection = await Engine.AcceptAsync();
        var id = await connection.IdAsync();
        await connection.AnswerAsync(id, "{\"n\":1}");
        Data(await Within(first)).Should().Be("{\"n\":1}");

        var third = SendAsync(Read);
        var ids = new[] { await connection.IdAsync(), await connection.IdAsync() };
        await connection.AnswerAsync(ids[1], "{\"n\":3}");
        await connection.AnswerAsync(ids[0], "{\"n\":2}");
        new[] { Data(await Within(second)), Data(await Within(third)) }.Should().BeEquivalentTo("{\"n\":2}", "{\"n\":3}");
        Engine.HasCaller.Should().BeFalse();
    }

    [Fact]
    public async Task A_peer_that_echoes_no_id_gets_one_connection_per_request_for_ten_minutes()
    {
        for (var i = 0; i < 3; i++)
        {
            var call = SendAsync(Read);
            using var connection = await Engine.AcceptAsync();
            (await connection.RequestAsync()).Contains("\"id\"", StringComparison.Ordinal).Should().Be(i == 0);
            await connection.SendAsync(Plain);
            connection.Dispose();
            Data(await Within(call)).Should().Be("{\"n\":1}");
            Proxy.IsClassic.Should().BeTrue();
        }

        Clock.Advance(TimeSpan.FromMinutes(10.1));
        Proxy.IsClassic.Should().BeFalse();
        var again = SendAsync(Read);
        using var modern = await Engine.AcceptAsync();
        await modern.AnswerAsync(await modern.IdAsync());
        (await Within(again)).Result.Should().Be(ProxyResult.NoError);
    }

    [Fact]
    public async Task A_refusal_for_want_of_connections_does_not_mark_the_peer()
    {
        var call = SendAsync(Read);
        using var connection = await Engine.AcceptAsync();
        await connection.SendAsync("{\"code\":503,\"message\":\"full\",\"data\":{}}<04>");
        (await Within(call)).Code.Should().Be(503);
        Proxy.IsClassic.Should().BeFalse();
    }

    [Fact]
    public async Task No_listener_is_a_connect_failure()
    {
        Engine.Dispose();
        (await Within(SendAsync(Read))).Result.Should().Be(ProxyResult.Connect);
    }

    [Fact]
    public async Task A_silent_engine_is_a_timeout_after_time_to_live_and_grace()
    {
        var call = SendAsync(Command with { TimeToLive = TimeSpan.FromSeconds(3) });
        using var connection = await Engine.AcceptAsync();
        await connection.RequestAsync();
        Clock.Advance(TimeSpan.FromSeconds(7.5));
        call.IsCompleted.Should().BeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Within(call)).Result.Should().Be(ProxyResult.Timeout);
    }

    [Fact]
    public async Task A_late_reply_is_dropped_and_counted_and_meets_nobody()
    {
        using var connection = await OpenAsync();
        var slow = SendAsync(Command with { TimeToLive = TimeSpan.FromSeconds(1) });
        var lateId = await connection.IdAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var next = SendAsync(Read);
        var nextId = await connection.IdAsync();
        Clock.Advance(TimeSpan.FromSeconds(4));
        var other = SendAsync(Read);
        var otherId = await connection.IdAsync();
        await connection.AnswerAsync(otherId);
        await Within(other);
        Clock.Advance(TimeSpan.FromSeconds(1.5));
        (await Within(slow)).Result.Should().Be(ProxyResult.Timeout);
        await connection.SendAsync($"{{\"code\":0,\"id\":\"{lateId}\",\"more\":true}}<04>{{\"code\":0,\"id\":\"nobody\"}}<04>");
        await connection.AnswerAsync(nextId, "{\"n\":9}");
        Data(await Within(next)).Should().Be("{\"n\":9}");
        Proxy.DroppedReplies.Should().Be(2);
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
            using var next = await Engine.AcceptAsync();
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
        using var connection = await Engine.AcceptAsync();
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
        using var connection = await Engine.AcceptAsync();
        await connection.RequestAsync();
        await connection.SendAsync(Encoding.ASCII.GetBytes("{\"code\":0,\"message\":\"" + new string('x', 1024 * 1024)));
        (await Within(call)).Result.Should().Be(ProxyResult.TooLarge);
    }

    [Fact]
    public async Task An_idle_connection_is_dropped_after_forty_five_seconds()
    {
        using var connection = await OpenAsync();
        Clock.Advance(TimeSpan.FromSeconds(46));
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_its_own_cancellation()
    {
        using var connection = await OpenAsync();
        using var patience = new CancellationTokenSource();
        var call = Proxy.SendAsync(Read, patience.Token).AsTask();
        await connection.RequestAsync();
        await patience.CancelAsync();
        var wait = () => call.WaitAsync(WireHost.Patience);
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Too_many_calls_in_flight_are_busy()
    {
        await using var narrow = New(Engine.Port, options => options.MaxInFlight = 1);
        var first = narrow.SendAsync(Read, default).AsTask();
        using var connection = await Engine.AcceptAsync();
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
}
