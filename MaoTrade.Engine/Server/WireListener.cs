using MaoTrade.Protocol.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace MaoTrade.Engine.Server;

/// <summary>
/// The engine's port: takes connections in, within their limit, and ends those whose deadlines have passed. One per process.
/// </summary>
public sealed partial class WireListener : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);

    private readonly ServiceRouter _router;
    private readonly WireOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<WireListener> _logger;
    private readonly ConnectionTable _table;
    private readonly ITimer _sweeper;
    private long _lastSerial;

    /// <summary>Makes the listener; <see cref="WireHosting.ListenWire"/> gives it a port.</summary>
    /// <exception cref="OptionsValidationException">An option is out of its range; all of them are named.</exception>
    public WireListener(ServiceRouter router, IOptions<WireOptions> options, TimeProvider time, ILogger<WireListener> logger)
    {
        _router = router;
        _options = options.Value;
        _time = time;
        _logger = logger;
        if (_options.Validate() is { Count: > 0 } errors)
        {
            throw new OptionsValidationException(nameof(WireOptions), typeof(WireOptions), errors);
        }

        _table = new ConnectionTable(_options, time);
        _sweeper = time.CreateTimer(static state => ((WireListener)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Connections that are served now (<c>clients</c> of service 5).</summary>
    public int ConnectionCount => _table.Count;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var wire = new WireConnection(Interlocked.Increment(ref _lastSerial), connection, _router, _table, _options, _time, _logger);
        try
        {
            if (_table.TryAdmit(wire, out var displaced))
            {
                if (displaced is not null)
                {
                    LogDisplaced(displaced.Serial, wire.Serial);
                    displaced.Abort("It gave way to another connection.");
                }

                await wire.RunAsync();
            }
            else
            {
                LogRefused(wire.Serial, _options.MaxConnections);
                await wire.RefuseAsync(ReplyCode.NotReady, $"{_options.MaxConnections} connections are open already");
            }
        }
        finally
        {
            _table.Remove(wire);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sweeper.Dispose();

    private void Sweep()
    {
        foreach (var connection in _table.ToArray())
        {
            connection.CheckDeadlines();
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "Connection {Displaced}, without a request, gave way to connection {Serial}")]
    private partial void LogDisplaced(long displaced, long serial);

    [LoggerMessage(2002, LogLevel.Warning, "Connection {Serial} was refused: {Limit} are open")]
    private partial void LogRefused(long serial, int limit);
}
