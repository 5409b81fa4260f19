using System.Collections.Frozen;
using System.Net;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Bench.Servers;

/// <summary>The engine's own listener, router and services over a snapshot that does not change; no broker, no store.</summary>
internal static class EngineServer
{
    private const int MaxConnections = 4_000;

    /// <summary>Listens on as many ports as asked for: to a gateway each is an engine.</summary>
    public static async Task<WebApplication> StartAsync(int ports)
    {
        var board = new SnapshotBoard(SampleAccount.AccountId, TimeProvider.System);
        board.Publish(SampleAccount.State());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWire();
        builder.Services.Configure<WireOptions>(wire => wire.MaxConnections = MaxConnections);
        builder.Services.AddSingleton(board);
        builder.Services.AddSingleton<TradeInbox>();
        builder.Services.AddSingleton<EngineStores>();
        builder.Services.AddSingleton<OrderListing>();
        builder.Services.AddSingleton(provider => new ResultListing(
            new TradingRules(SampleAccount.AccountId, TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty), provider.GetRequiredService<EngineStores>(), TimeProvider.System));
        builder.Services.AddSingleton<IService>(provider => new AccountService(
            SampleAccount.AccountId, "bench", board, () => provider.GetRequiredService<WireListener>().ConnectionCount));
        builder.Services.AddSingleton<IService>(provider => new TradeService(
            provider.GetRequiredService<TradeInbox>(), board, provider.GetRequiredService<OrderListing>(),
            provider.GetRequiredService<ResultListing>(), 0,
            provider.GetRequiredService<ILogger<TradeService>>()));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var i = 0; i < ports; i++)
            {
                kestrel.ListenWire(new IPEndPoint(IPAddress.Loopback, 0));
            }
        });
        var app = builder.Build();
        await app.StartAsync();
        ServerCommand.Listening(app.Urls.Select(url => new Uri(url).Port));
        return app;
    }
}
