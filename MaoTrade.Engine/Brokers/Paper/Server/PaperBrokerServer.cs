using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MaoTrade.Engine.Brokers.Paper.Prices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// The paper broker: a market, durable accounts and a TCP port for engines. <see cref="StartAsync"/> opens everything,
/// <see cref="RunAsync"/> waits for the end, disposing stops it. Stopping needs no farewell: every step is committed, so
/// the next start goes on exactly where the last step ended.
/// </summary>
public sealed partial class PaperBrokerServer : IAsyncDisposable
{
    private readonly PaperBrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sessions = [];
    private readonly Lock _sessionsLock = new();
    private PaperStore? _store;
    private PaperLedger? _ledger;
    private PaperLoop? _loop;
    private Socket? _listener;
    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <summary>A broker that is not started yet; settings out of range are an <see cref="ArgumentException"/>.</summary>
    /// <param name="options">Valid settings (<see cref="PaperBrokerOptions.Validate"/>).</param>
    /// <param name="clock">Wall and monotonic time; the system's when null.</param>
    /// <param name="logger">Log; none when null.</param>
    public PaperBrokerServer(PaperBrokerOptions options, TimeProvider? clock = null, ILogger<PaperBrokerServer>? logger = null)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _clock = clock ?? TimeProvider.System;
        _logger = logger ?? NullLogger<PaperBrokerServer>.Instance;
    }

    /// <summary>The port it listens on; known after <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary>
    /// Loads the market and the database and listens. Throws an <see cref="IOException"/> when the data, the database or the
    /// ledger cannot be used or belong to another market, and a <see cref="SocketException"/> when the port cannot be had.
    /// </summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Start();
        }
        catch (Exception e) when (e is InvalidDataException or SqliteException or UnauthorizedAccessException)
        {
            throw new IOException(e.Message, e);
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until the token ends; an error of the broker itself is thrown.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stop);
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener?.Dispose();
        _loop?.Dispose();
        _ledger?.Dispose();
        _store?.Dispose();
        _stop.Dispose();
    }

    private void Start()
    {
        var market = _options.Market == PaperBrokerOptions.RandomMarket
            ? PaperMarket.Random(_options.Epics, _options.Seed, _options.BaseTimeFrameSeconds, _options.Start.ToUnixTimeSeconds())
            : PaperMarket.Replay(_options.Market, _options.Epics);
        foreach (var warning in market.Warnings.Take(20))
        {
            MarketWarning(warning);
        }

        _store = new PaperStore(Path.Combine(_options.DataDirectory, "paper.db"));
        CheckMarket(_store);
        var book = new PaperBook(_options, market, Life(_store), _clock);
        _store.Load(book);
        foreach (var account in _options.Accounts)
        {
            book.AccountOf(account);
        }

        var lines = _store.LedgerLines();
        _ledger = _options.LedgerFile is { } file ? new PaperLedger(file, lines) : null;
        book.NextLedgerLine = Math.Max(lines.Count > 0 ? lines[^1].N : 0, _ledger?.Last ?? 0) + 1;
        _loop = new PaperLoop(book, _store, _ledger, MarketClock(_store, market));

        _listener = new Socket(_options.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(_options.Bind, _options.Port));
        _listener.Listen(128);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _running = RunLoopsAsync(_loop, _listener);
        Started(Port, _options.Market, _options.Clock, market.Epics.Count, book.Accounts.Count);
    }

    private async Task RunLoopsAsync(PaperLoop loop, Socket listener)
    {
        var deciding = Task.Run(loop.RunAsync);
        var others = Task.WhenAll(AcceptAsync(loop, listener), TickAsync(loop));
        var first = await Task.WhenAny(deciding, others);
        await _stop.CancelAsync();
        await others.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] sessions;
        lock (_sessionsLock)
        {
            sessions = [.. _sessions];
        }

        await Task.WhenAll(sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        loop.Inputs.TryComplete();
        await deciding;
        await first;
    }

    private async Task AcceptAsync(PaperLoop loop, Socket listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(_stop.Token);
                lock (_sessionsLock)
                {
                    _sessions.RemoveAll(task => task.IsCompleted);
                    if (_sessions.Count < PaperLimits.Connections)
                    {
                        _sessions.Add(Task.Run(() => ServeAsync(loop, socket)));
                        continue;
                    }
                }

                socket.Dispose();
                TooManyConnections(PaperLimits.Connections);
            }
        }
        catch (OperationCanceledException)
        {
            // The broker is being stopped.
        }
    }

    private async Task ServeAsync(PaperLoop loop, Socket socket)
    {
        await using var session = new PaperSession(socket, _clock, _options.Fault.Delay);
        await session.RunAsync(loop.Inputs, _stop.Token);
        try
        {
            await loop.Inputs.WriteAsync(new PaperInput(PaperInputKind.Gone, session), _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // The broker is being stopped and forgets its connections anyway.
        }
    }

    private async Task TickAsync(PaperLoop loop)
    {
        if (_options.Clock == PaperClockMode.Lockstep)
        {
            return;
        }

        using var timer = new PeriodicTimer(_options.Tick, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await loop.Inputs.WriteAsync(new PaperInput(PaperInputKind.Tick), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // The broker is being stopped.
        }
    }

    private void CheckMarket(PaperStore store)
    {
        var name = _options.Market == PaperBrokerOptions.RandomMarket
            ? string.Create(CultureInfo.InvariantCulture, $"random seed {_options.Seed} bars of {_options.BaseTimeFrameSeconds} s")
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_options.Market)));
        name += _options.Clock == PaperClockMode.Live ? ", live" : ", lockstep";
        var stored = store.Setting("market", () => name);
        if (stored != name)
        {
            throw new InvalidDataException($"{_options.DataDirectory} belongs to the market {stored}, not to {name}");
        }
    }

    /// <summary>
    /// A part of every deal's identity. In lockstep it follows from the seed, so runs can be compared; in the live clock it is
    /// drawn, so a database made anew never repeats the identities of the old one.
    /// </summary>
    private string Life(PaperStore store) => store.Setting("life", () => _options.Clock == PaperClockMode.Live
        ? RandomNumberGenerator.GetHexString(8, lowercase: true)
        : (PaperHash.Of($"life/{_options.Seed}") >> 32).ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>Market time goes on while the broker is down; another speed begins at the time reached.</summary>
    private PaperMarketClock MarketClock(PaperStore store, PaperMarket market)
    {
        var now = _clock.GetUtcNow();
        if (_options.Clock == PaperClockMode.Lockstep)
        {
            return new PaperMarketClock(_clock, now, now, 1);
        }

        var start = _options.Market == PaperBrokerOptions.RandomMarket ? now : DateTimeOffset.FromUnixTimeSeconds(market.First);
        var parts = store.Setting("clock", () => Stored(now, start, _options.Speed)).Split('|');
        var wall = DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture);
        var reached = DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture);
        var speed = double.Parse(parts[2], CultureInfo.InvariantCulture);
        if (speed != _options.Speed)
        {
            reached += (now - wall) * speed;
            wall = now;
            store.SetSetting("clock", Stored(wall, reached, _options.Speed));
        }

        return new PaperMarketClock(_clock, wall, reached, _options.Speed);

        static string Stored(DateTimeOffset wall, DateTimeOffset market, double speed) =>
            string.Create(CultureInfo.InvariantCulture, $"{wall:O}|{market:O}|{speed:R}");
    }

    [LoggerMessage(2800, LogLevel.Information, "Paper broker on port {Port}: market {Market}, clock {Clock}, {Epics} epics, {Accounts} accounts")]
    private partial void Started(int port, string market, PaperClockMode clock, int epics, int accounts);

    [LoggerMessage(2801, LogLevel.Warning, "Market data: {Warning}")]
    private partial void MarketWarning(string warning);

    [LoggerMessage(2802, LogLevel.Warning, "A connection was refused: {Limit} are open")]
    private partial void TooManyConnections(int limit);
}
