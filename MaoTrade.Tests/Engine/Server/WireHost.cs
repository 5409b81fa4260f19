using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using MaoTrade.Engine.Server;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>The engine's port on the loopback address, with services of the test, a clock of the test and barriers.</summary>
internal sealed class WireHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Channel<ConnectionWatch> _accepted = Channel.CreateUnbounded<ConnectionWatch>();

    private WireHost(int port, Action<WireOptions>? configure, IService[] services)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        foreach (var service in services)
        {
            builder.Services.AddSingleton(service);
        }

        builder.Services.AddWire();
        builder.Services.Configure<WireOptions>(options => configure?.Invoke(options));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenWire(new IPEndPoint(IPAddress.Loopback, port), listen => listen.Use(next => context =>
        {
            var watch = new ConnectionWatch(context.Transport);
            context.Transport = watch;
            var running = next(context);
            watch.Ended = running;
            _accepted.Writer.TryWrite(watch);
            return running;
        })));
        _app = builder.Build();
    }

    public FakeClock Clock { get; } = new();

    public LogCollector Log { get; } = new();

    public WireListener Listener => _app.Services.GetRequiredService<WireListener>();

    public int Port { get; private set; }

    public static Task<WireHost> StartAsync(Action<WireOptions>? configure = null, params IService[] services) =>
        StartAsync(0, configure, services);

    /// <summary>On a port, 0 for any.</summary>
    public static async Task<WireHost> StartAsync(int port, Action<WireOptions>? configure, params IService[] services)
    {
        var host = new WireHost(port, configure, services);
        await host._app.StartAsync();
        var addresses = host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        host.Port = new Uri(addresses.Single()).Port;
        return host;
    }

    /// <summary>Connects, and waits until the engine has taken the connection in.</summary>
    public async Task<(RawPeer Peer, ConnectionWatch Watch)> ConnectAsync()
    {
        var peer = await RawPeer.ConnectAsync(Port);
        return (peer, await AcceptedAsync());
    }

    public async Task<ConnectionWatch> AcceptedAsync() =>
        await _accepted.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>Every line logged, as text.</summary>
internal sealed class LogCollector : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogCollector owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {eventId.Id} {formatter(state, exception)}";
            owner._scopes.ForEachScope((scope, _) => line += $" [{scope}]", 0);
            owner.Lines.Enqueue(line);
        }
    }
}
