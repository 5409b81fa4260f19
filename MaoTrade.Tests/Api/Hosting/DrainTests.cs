using MaoApi.Auth;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class DrainTests
{
    [Fact]
    public async Task What_is_under_way_is_answered_before_the_gateway_stops_and_nothing_new_is_taken()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var gateway = await Gateway.StartAsync(map: app => app.MapGet("/slow", async () =>
        {
            begun.SetResult();
            await release.Task;
            return Results.Json(new { code = 0 });
        }).RequireAccess(AccessLevel.Anyone));
        var call = gateway.SendAsync(HttpMethod.Get, "/slow");
        await begun.Task.Within("the request did not begin");

        var stop = gateway.App.StopAsync();
        await Deadlines.Until(() => IsRefused(gateway), "the port was not closed");
        stop.IsCompleted.Should().BeFalse();
        release.SetResult();

        (await call).Status.Should().Be(200);
        await stop.Within("the gateway did not stop when the last request was answered");
    }

    [Fact]
    public async Task An_idle_gateway_stops_at_once()
    {
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Http = new HttpOptions { Drain = TimeSpan.FromMinutes(10) } });
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);

        await gateway.App.StopAsync().Within("an idle gateway waited");
    }

    [Fact]
    public async Task A_gateway_about_to_stop_says_so_and_ends_each_connection_with_its_answer()
    {
        await using var gateway = await Gateway.StartAsync();
        var readiness = gateway.App.Services.GetRequiredService<Readiness>();
        readiness.Open();
        using var before = await gateway.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        readiness.Close();

        using var ready = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var after = await gateway.Http.GetAsync(new Uri("/health/live", UriKind.Relative));

        ready.StatusCode.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable, "no balancer sends here any more");
        after.IsSuccessStatusCode.Should().BeTrue("what was sent is answered");
        (before.Headers.ConnectionClose, after.Headers.ConnectionClose).Should().Be((null, true));
    }

    [Theory]
    [InlineData("All", 5)]
    [InlineData("Api", 30)]
    public void Only_a_gateway_that_also_stops_engines_hurries(string roles, int seconds) =>
        new GatewayOptions { Roles = Enum.Parse<GatewayRoles>(roles) }.Drain.Should().Be(TimeSpan.FromSeconds(seconds));

    private static bool IsRefused(Gateway gateway)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect("127.0.0.1", gateway.Http.BaseAddress!.Port);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
