using System.Net;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Client;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Live;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing.Jobs;
using MaoTrade.Engine.Trading;
using MaoTrade.Protocol.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;

namespace MaoTrade.Engine.Hosting;

/// <summary>What runs in an engine process, and in which order: wire and health over Kestrel, the trading session beside them.</summary>
public static class EngineHost
{
    /// <summary>Builds the host; the caller holds the account's lease.</summary>
    public static WebApplication Build(EngineSettings settings, StopSignals signals, EngineOutcome outcome)
    {
        var options = settings.Options;
        var builder = WebApplication.CreateSlimBuilder();
        var stores = new EngineStores();
        var board = new SnapshotBoard(options.AccountId, TimeProvider.System);
        var live = new LiveFeed(options.AccountId, board, stores, TimeProvider.System);
        var drops = new LogDrops();
        var log = EngineLog.Create(options.AccountId, Path.Combine(options.AccountFolder, "logs"), options.LogLevel, new LiveLogSink(live), drops, options.Container.OutputLevel);
        builder.Logging.ClearProviders().AddSerilog(log, dispose: true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(signals);
        builder.Services.AddSingleton(outcome);
        builder.Services.AddSingleton(stores);
        builder.Services.AddSingleton(board);
        builder.Services.AddSingleton(live);
        builder.Services.AddSingleton(drops);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EngineLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(7));
        AddTrading(builder.Services, settings);
        AddServices(builder.Services, settings);
        AddGateway(builder.Services, options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenWire(new IPEndPoint(options.Bind, options.Port), settings.Wire is { } identity ? listen => listen.UseWireTls(identity) : null);
            kestrel.Listen(options.Bind, options.HealthPort);
        });

        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<HealthEndpoint>().AnswerAsync);
        return app;
    }

    private static void AddTrading(IServiceCollection services, EngineSettings settings)
    {
        services.AddSingleton<TradeInbox>();
        services.AddSingleton(provider => new StoreLease(
            AccountLease.FolderId(settings.Options.AccountFolder), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StatementLog(settings.Options.Container.Statements, provider.GetRequiredService<ILogger<StatementLog>>()));
        services.AddSingleton<SystemCatalogs>();
        services.AddSingleton(provider => StoreProviders.Built[settings.Options.Store.Provider](
            settings.Options.Store, settings.Options.AccountFolder, provider.GetRequiredService<StatementLog>()));
        services.AddSingleton<Func<IEngineStore>>(
            provider => () => new EngineStore(provider.GetRequiredService<IStoreDatabase>(), provider.GetRequiredService<StoreLease>()));
        services.AddSingleton<Func<IAccountManager>>(provider => () => Connect(settings, provider));
        services.AddHostedService<PluginHost>();
        services.AddHostedService<ModelHost>();
        services.AddHostedService<LiveHost>();
        services.AddHostedService<TradingHost>();
    }

    private static void AddServices(IServiceCollection services, EngineSettings settings)
    {
        var options = settings.Options;
        services.AddWire();
        services.Configure<WireOptions>(wire => wire.MaxConnections = options.MaxConnections);
        services.AddSingleton(provider => new LogArchive(
            options.AccountId, Path.Combine(options.AccountFolder, "logs"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OrderListing>();
        services.AddSingleton(provider => new ResultListing(
            settings.Rules, provider.GetRequiredService<EngineStores>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccountService(
            options.AccountId, Guid.NewGuid().ToString("N"), provider.GetRequiredService<SnapshotBoard>(),
            () => provider.GetRequiredService<WireListener>().ConnectionCount, provider.GetRequiredService<LiveFeed>()));
        services.AddSingleton<IService>(provider => provider.GetRequiredService<AccountService>());
        services.AddSingleton<IService>(provider => new TradeService(
            provider.GetRequiredService<TradeInbox>(), provider.GetRequiredService<SnapshotBoard>(),
            provider.GetRequiredService<OrderListing>(), provider.GetRequiredService<ResultListing>(), options.CommandBase, provider.GetRequiredService<ILogger<TradeService>>()));
        services.AddSingleton<IService, LogService>();
        services.AddSingleton<IService, SystemService>();
        services.AddSingleton(provider => new BacktestJobs(
            Path.Combine(options.AccountFolder, "backtests"), Path.Combine(options.DataDir, "market"),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BacktestJobs>>()));
        services.AddHostedService(provider => provider.GetRequiredService<BacktestJobs>());
        services.AddSingleton<IService, SystemTestService>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton(provider =>
        {
            var board = provider.GetRequiredService<SnapshotBoard>();
            return board.Metrics = new EngineMetrics(board, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<LogDrops>());
        });
        services.AddSingleton(provider =>
        {
            var meter = provider.GetRequiredService<EngineMetrics>().Meter;
            _ = new ProcessMetrics(meter, provider.GetRequiredService<TimeProvider>());
            return new MetricReader(meter, PredictionTime.Meter);
        });
    }

    private static void AddGateway(IServiceCollection services, EngineOptions options)
    {
        if (options.Gateway is { } gateway)
        {
            services.AddSingleton(gateway);
            services.AddSingleton<GatewayClient>();
            services.AddHostedService<EventSender>();
            services.AddHostedService<BarSender>();
        }
    }

    private static PaperAccountManager Connect(EngineSettings settings, IServiceProvider provider) => new(
        settings.BrokerUrl.Host, settings.BrokerUrl.Port, settings.Options.AccountId,
        new PaperClientOptions { AnswerTimeout = TimeSpan.FromMilliseconds(settings.Paper.AnswerTimeoutMs) },
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PaperAccountManager>>());
}
