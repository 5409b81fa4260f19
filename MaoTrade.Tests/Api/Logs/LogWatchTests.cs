using MaoApi.Logs;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace MaoTrade.Tests.Api.Logs;

public sealed class LogWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new();
    private readonly LogPulse _pulse = new();
    private readonly Store _store = new();
    private readonly LogLines _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task The_log_lags_until_what_was_written_last_has_come_back()
    {
        var lag = new LogLag(_clock);
        using var watch = Watch(lag);
        await watch.StartAsync(default);
        await LookedAsync(1);
        Write();
        for (var look = 2; look < 8; look++)
        {
            _clock.Advance(Interval);
            await LookedAsync(look);
        }

        lag.Now.Should().BeGreaterThan(TimeSpan.FromSeconds(50), "nothing of it has come");
        _store.Newest = _clock.GetUtcNow();
        _clock.Advance(Interval);
        await LookedAsync(8);

        lag.Now.Should().BeLessThan(Interval);
        await watch.StopAsync(default);
    }

    [Fact]
    public async Task An_archive_that_is_away_is_said_once_and_that_it_is_back()
    {
        using var watch = Watch(new LogLag(_clock));
        _store.IsAway = true;
        await watch.StartAsync(default);
        for (var look = 1; look < 5; look++)
        {
            await LookedAsync(look);
            _clock.Advance(Interval);
        }

        _store.IsAway = false;
        await LookedAsync(5);
        _clock.Advance(Interval);
        await LookedAsync(6);

        _lines.All.Count(line => line.Contains("cannot be asked", StringComparison.Ordinal)).Should().Be(1);
        _lines.All.Count(line => line.Contains("answers again", StringComparison.Ordinal)).Should().Be(1);
        await watch.StopAsync(default);
    }

    private LogWatch Watch(LogLag lag)
    {
        var factory = LoggerFactory.Create(builder => builder.AddProvider(_lines));
        return new LogWatch(_pulse, _store, lag, _clock, factory.CreateLogger<LogWatch>());
    }

    private void Write() => _pulse.Emit(new LogEvent(_clock.GetUtcNow(), LogEventLevel.Information, null, new MessageTemplateParser().Parse("text"), []));

    /// <summary>It has looked so often and waits for the clock.</summary>
    private Task LookedAsync(int times) => Until.TrueAsync(
        $"look {times}", TimeSpan.FromSeconds(60), () => Task.FromResult(_store.Looks >= times && _clock.PendingTimers > 0));

    private sealed class Store : ILogStore
    {
        private int _looks;

        public bool IsAway { get; set; }

        public DateTimeOffset? Newest { get; set; }

        public int Looks => Volatile.Read(ref _looks);

        public bool IsId(string text) => true;

        public Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            IReadOnlyList<LogRecord> found = Newest is { } at ? [new LogRecord { App = "maoapi", LevelName = "INFO", Message = "x", Timestamp = at }] : [];
            return IsAway ? Task.FromException<IReadOnlyList<LogRecord>>(new LogStoreException("away")) : Task.FromResult(found);
        }

        public Task<LogSlice> ReadAfterAsync(LogFilter filter, string after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> LastIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
