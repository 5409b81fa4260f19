using MaoApi.Hosting;
using MaoApi.Live;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Live;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MaoTrade.Tests.Api.Live;

/// <summary>A gateway, and behind account <c>one</c> the engine's own port over a desk of the test.</summary>
internal sealed class LiveRig : IAsyncDisposable
{
    private LiveRig(Gateway gateway, LiveDesk desk, WireHost wire) => (Gateway, Desk, Wire) = (gateway, desk, wire);

    public Gateway Gateway { get; }

    public LiveDesk Desk { get; }

    public WireHost Wire { get; private set; }

    public LiveHub Hub => Gateway.App.Services.GetRequiredService<LiveHub>();

    public static async Task<LiveRig> StartAsync(FakeClock? clock = null, LiveOptions? live = null, HttpOptions? http = null)
    {
        var desk = new LiveDesk();
        var wire = await StartWireAsync(desk, 0);
        var gateway = await Gateway.StartAsync(clock, configure: options => options with { Live = live ?? options.Live, Http = http ?? options.Http });
        await using (var context = gateway.Database())
        {
            context.Accounts.Single(account => account.AccountId == "one").EnginePort = wire.Port;
            await context.SaveChangesAsync();
        }

        return new LiveRig(gateway, desk, wire);
    }

    public Task<LivePeer> ConnectAsync(string user = "owner") => LivePeer.ConnectAsync(Gateway, Gateway.TokenOf(user));

    /// <summary>Connects and subscribes; the snapshots are read.</summary>
    public async Task<LivePeer> ListenAsync(string channel = "orders", string user = "owner")
    {
        var peer = await ConnectAsync(user);
        await peer.SubscribeAsync(channel);
        (await peer.EventAsync()).What.Should().StartWith("snapshot ");
        return peer;
    }

    /// <summary>Moves the gateway's clock second by second; each time everybody has been looked at before the next.</summary>
    public async Task AdvanceAsync(FakeClock clock, TimeSpan time)
    {
        var watch = Gateway.App.Services.GetServices<IHostedService>().OfType<LiveWatch>().Single();
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            var looks = watch.Looks;
            clock.Advance(TimeSpan.FromSeconds(1));
            await Deadlines.Until(() => watch.Looks > looks, "nobody looks after the clients");
        }
    }

    /// <summary>Breaks every connection to the engine and closes its port.</summary>
    public ValueTask BreakAsync() => Wire.DisposeAsync();

    /// <summary>Opens the port again.</summary>
    public async Task RestoreAsync() => Wire = await StartWireAsync(Desk, Wire.Port);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Wire.DisposeAsync();
        await Desk.DisposeAsync();
    }

    private static Task<WireHost> StartWireAsync(LiveDesk desk, int port) =>
        WireHost.StartAsync(port, null, new AccountService("one", "i1", desk.Board, () => 1, desk.Feed));
}
