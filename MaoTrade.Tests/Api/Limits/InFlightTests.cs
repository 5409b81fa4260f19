using MaoApi.Auth;
using MaoApi.Hosting;
using MaoApi.Limits;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MaoTrade.Tests.Api.Limits;

public sealed class InFlightTests
{
    [Fact]
    public async Task More_at_once_than_the_gateway_bears_are_refused_and_probes_still_answered()
    {
        var release = new TaskCompletionSource();
        var entered = 0;
        await using var gateway = await Gateway.StartAsync(
            map: app => app.MapGet("/wait", async () =>
            {
                Interlocked.Increment(ref entered);
                await release.Task;
                return Results.Json(new { code = 0 });
            }).RequireAccess(AccessLevel.Anyone),
            configure: options => options with { Http = new HttpOptions { MaxInFlight = 2 } });
        var waiting = new[] { gateway.SendAsync(HttpMethod.Get, "/wait"), gateway.SendAsync(HttpMethod.Get, "/wait") };
        await Deadlines.Until(() => Volatile.Read(ref entered) == 2, "the first two did not begin");

        var refused = await gateway.GetAsync("/auth/me");
        var probe = await gateway.SendAsync(HttpMethod.Get, "/health/live");
        release.SetResult();
        var answers = await Task.WhenAll(waiting);

        (refused.Status, refused.Code).Should().Be((503, 53));
        refused.Headers.RetryAfter.Should().NotBeNull();
        probe.Status.Should().Be(200);
        answers.Should().OnlyContain(answer => answer.Status == 200);
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200, "places are given back");
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_and_the_next_in_its_place_is_not()
    {
        var clock = new FakeClock();
        var begun = new TaskCompletionSource();
        await using var gateway = await Gateway.StartAsync(
            clock,
            map: app => app.MapGet("/forever", async (CancellationToken cancellationToken) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }).RequireAccess(AccessLevel.Anyone),
            configure: options => options with { Http = new HttpOptions { MaxInFlight = 1 } });

        var call = gateway.SendAsync(HttpMethod.Get, "/forever");
        await begun.Task.Within("the request did not begin");
        clock.Advance(TimeSpan.FromSeconds(89));
        call.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        var late = await call;
        (late.Status, late.Code).Should().Be((504, 55));
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);
    }

    [Fact]
    public async Task What_streams_is_neither_counted_nor_ended()
    {
        var clock = new FakeClock();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var gateway = await Gateway.StartAsync(
            clock,
            map: app => app.MapGet("/stream", async (CancellationToken cancellationToken) =>
            {
                begun.TrySetResult();
                await release.Task.WaitAsync(cancellationToken);
                return Results.Json(new { code = 0 });
            }).RequireAccess(AccessLevel.Anyone).Streams(),
            configure: options => options with { Http = new HttpOptions { MaxInFlight = 1 } });

        var call = gateway.SendAsync(HttpMethod.Get, "/stream");
        await begun.Task.Within("the stream did not begin");
        clock.Skip(TimeSpan.FromMinutes(10));

        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);
        release.SetResult();
        (await call).Status.Should().Be(200);
    }

    [Fact]
    public async Task The_gate_lets_its_number_in_lets_some_wait_and_refuses_the_rest()
    {
        using var gate = new CpuGate(new HttpOptions { CpuGate = 2 });
        var inside = new[] { await gate.EnterAsync(default), await gate.EnterAsync(default) };
        var waiting = Enumerable.Range(0, 16).Select(_ => gate.EnterAsync(default).AsTask()).ToList();

        (await gate.EnterAsync(default)).Should().BeNull();
        waiting.Should().OnlyContain(turn => !turn.IsCompleted);
        inside[0]!.Dispose();
        (await waiting[0].Within("the first who waits did not get the turn")).Should().NotBeNull();
    }
}
