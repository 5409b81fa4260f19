using System.Collections.Immutable;
using System.Threading.Channels;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using Serilog.Events;

namespace MaoTrade.Engine.Live;

/// <summary>
/// Tells subscribers what was committed. The trade loop hands over references and goes on; a loop of its own numbers the
/// changes, makes their bytes once, and gives them to every subscriber. While nobody listens a commit costs one look at a
/// field. Numbers of a channel only grow, also across processes: each session begins a run of its own
/// (<see cref="IEngineStore.TakeSequence"/>), and every run begins with a gap and a snapshot.
/// </summary>
public sealed class LiveFeed
{
    /// <summary>Subscribers at the same time.</summary>
    public const int MostSubscriptions = 64;

    private const int MostInputs = 4_096;

    /// <summary>The portfolio is whole each time, so that skipping loses nothing.</summary>
    private static readonly TimeSpan PortfolioPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>How long changes are kept for those who may come back.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly Channel<LiveInput> _inputs = Channel.CreateBounded<LiveInput>(
        new BoundedChannelOptions(MostInputs) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly LiveRing[] _rings = [.. Enumerable.Range(0, LiveChannels.Count).Select(_ => new LiveRing())];
    private readonly List<LiveSubscription> _subscriptions = [];
    private readonly LiveWriter _writer = new();
    private readonly LiveState _state;
    private readonly SnapshotBoard _board;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile bool _isListening;
    private long _first;
    private int _open;

    /// <summary>The trade loop's: a commit found no room.</summary>
    private bool _hasLostCommit;

    private int _hasLostLine;
    private PortfolioMark? _told;
    private long _toldAt;
    private long _emptySince;

    /// <summary>Makes the feed of an account and puts it on the board.</summary>
    public LiveFeed(string accountId, SnapshotBoard board, EngineStores stores, TimeProvider time)
    {
        _state = new LiveState(accountId, stores, _writer);
        _board = board;
        _time = time;
        _timer = time.CreateTimer(_ => _inputs.Writer.TryWrite(DueInput.Instance), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        board.Live = this;
    }

    /// <summary>Where a run of numbers begins by the clock alone: Unix microseconds, far more than changes can happen.</summary>
    public static long ClockSequence(DateTimeOffset now) => now.ToUnixTimeMilliseconds() * 1_000;

    /// <summary>A session begins: its numbers do not lie below this one. By the trade loop.</summary>
    public void Begin(long first) => Volatile.Write(ref _first, first);

    /// <summary>Takes a subscriber in; false when too many are.</summary>
    public bool TryOpen(LiveWish wish, out LiveSubscription subscription)
    {
        subscription = new LiveSubscription(wish, Leave);
        if (Interlocked.Increment(ref _open) <= MostSubscriptions && _inputs.Writer.TryWrite(new OpenedInput(subscription)))
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>A line of the log was written. By any thread; never waits.</summary>
    public void Offer(LogEvent line)
    {
        if (_isListening && !_inputs.Writer.TryWrite(new LineInput(line, Interlocked.Exchange(ref _hasLostLine, 0) != 0)))
        {
            Interlocked.Exchange(ref _hasLostLine, 1);
        }
    }

    /// <summary>Runs until the token ends; then every subscription is ended.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            while (await _inputs.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_inputs.Reader.TryRead(out var input))
                {
                    TakeGuarded(input, failed);
                }
            }
        }
        finally
        {
            await _timer.DisposeAsync();
            EndAll(Protocol.Messages.ReplyCode.NotReady, "the engine stops");
        }
    }

    /// <summary>A state was committed and is shown. By the trade loop; never waits.</summary>
    internal void Offer(long number, TradingState state, bool isStale, IReadOnlyList<Turn>? turns)
    {
        if (!_isListening)
        {
            return;
        }

        var changes = turns is null || _hasLostCommit ? null : LiveChanges.Of(state, turns);
        _hasLostCommit = !_inputs.Writer.TryWrite(new CommittedInput(number, _time.GetUtcNow(), state, isStale, changes));
    }

    /// <summary>A subscriber that cannot be served must not stop the others, nor the engine.</summary>
    private void TakeGuarded(LiveInput input, Action<Exception> failed)
    {
        try
        {
            Take(input);
        }
#pragma warning disable CA1031 // Trading goes on without live changes; subscribers are told and come back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failed(exception);
            EndAll(Protocol.Messages.ReplyCode.Fault, "live changes failed; the engine's log says why");
        }
    }

    private void Take(LiveInput input)
    {
        switch (input)
        {
            case CommittedInput committed when committed.Number > _state.Number:
                Take(committed);
                break;
            case LineInput line:
                Take(line);
                break;
            case OpenedInput { Subscription: var subscription }:
                Open(subscription);
                break;
            case LeftInput { Subscription: var subscription } when _subscriptions.Remove(subscription) && _subscriptions.Count == 0:
                _emptySince = _time.GetTimestamp();
                _timer.Change(Memory, Timeout.InfiniteTimeSpan);
                break;
            case DueInput:
                TellPortfolio(_time.GetUtcNow());
                if (_subscriptions.RemoveAll(subscription => subscription.IsOver) > 0)
                {
                    _emptySince = _time.GetTimestamp();
                }

                Rest();
                break;
        }
    }

    private void Take(CommittedInput committed)
    {
        _state.Show(committed.Number, committed.State, committed.IsStale);
        if (committed.Changes is not { } changes)
        {
            BeginAnew(LiveChannels.All.Where(channel => channel != LiveChannel.Logs));
            return;
        }

        foreach (var order in changes.Orders)
        {
            Tell(LiveChannel.Orders, seq => _writer.Write(LiveChannel.Orders, seq, "change", committed.At, order, LiveJson.Default.Order));
        }

        foreach (var (id, signal) in changes.Signals)
        {
            Tell(LiveChannel.Signals, seq => signal is null
                ? _writer.Write(LiveChannel.Signals, seq, "change", committed.At, new SignalDeleted(id, true), LiveJson.Default.SignalDeleted)
                : _writer.Write(LiveChannel.Signals, seq, "change", committed.At, signal, LiveJson.Default.Signal));
        }

        foreach (var trade in changes.Trades.Where(_state.TryAdd))
        {
            Tell(LiveChannel.Trades, seq => _writer.Write(LiveChannel.Trades, seq, "change", committed.At, trade, LiveJson.Default.Trade));
        }

        TellPortfolio(committed.At);
    }

    private void Take(LineInput input)
    {
        var json = _state.Add(input.Line);
        if (input.AfterGap)
        {
            BeginAnew([LiveChannel.Logs]);
            return;
        }

        Tell(LiveChannel.Logs, seq => _writer.Write(LiveChannel.Logs, seq, "change", input.Line.Timestamp, json.Span));
    }

    private void Open(LiveSubscription subscription)
    {
        if (subscription.IsOver)
        {
            return;
        }

        if (!_isListening && !TryListen())
        {
            subscription.End(Protocol.Messages.ReplyCode.NotReady, "the engine is starting");
            return;
        }

        TellPortfolio(_time.GetUtcNow());

        _subscriptions.Add(subscription);
        foreach (var channel in subscription.Wish.Channels)
        {
            if (!subscription.Wish.From.TryGetValue(channel, out var from))
            {
                subscription.OfferFirst(Snapshot(channel));
            }
            else if (_rings[(int)channel] is var ring && ring.Covers(from))
            {
                foreach (var change in ring.After(from))
                {
                    subscription.OfferFirst(change);
                }
            }
            else
            {
                subscription.OfferFirst(Gap(channel));
                subscription.OfferFirst(Snapshot(channel));
            }
        }
    }

    /// <summary>
    /// Begins to listen. Commits that did not see it are on the board when it is looked at: the fence orders the two for the
    /// trade loop too, which pays nothing for it.
    /// </summary>
    private bool TryListen()
    {
        _isListening = true;
        Interlocked.MemoryBarrierProcessWide();
        if (_board.Look() is not var (number, state, isStale))
        {
            _isListening = false;
            return false;
        }

        _state.Show(number, state, isStale);
        BeginAnew(LiveChannels.All);
        return true;
    }

    /// <summary>Changes may be missing: what follows has numbers of a new run, and begins with a snapshot.</summary>
    private void BeginAnew(IEnumerable<LiveChannel> channels)
    {
        _state.Load();
        _told = PortfolioMark.Of(_state.State, _state.IsStale);
        foreach (var channel in channels)
        {
            _rings[(int)channel].Begin(Volatile.Read(ref _first));
            var gap = Gap(channel);
            var snapshot = Snapshot(channel);
            foreach (var subscription in Subscribers(channel))
            {
                subscription.Offer(gap);
                subscription.Offer(snapshot);
            }
        }
    }

    private void Tell(LiveChannel channel, Func<long, ReadOnlyMemory<byte>> write)
    {
        var ring = _rings[(int)channel];
        var change = write(ring.Next());
        ring.Add(change);
        foreach (var subscription in Subscribers(channel))
        {
            subscription.Offer(change);
        }
    }

    private void TellPortfolio(DateTimeOffset at)
    {
        if (!_isListening || PortfolioMark.Of(_state.State, _state.IsStale) is var mark && mark == _told)
        {
            return;
        }

        var wait = PortfolioPeriod - _time.GetElapsedTime(_toldAt);
        if (_toldAt != 0 && wait > TimeSpan.Zero)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        (_told, _toldAt) = (mark, _time.GetTimestamp() | 1);
        Tell(LiveChannel.Portfolio, seq => _writer.Write(
            LiveChannel.Portfolio, seq, "change", at, _state.Portfolio(_time.GetUtcNow()), LiveJson.Default.PortfolioView));
    }

    /// <summary>Stops listening when nobody has come back.</summary>
    private void Rest()
    {
        if (_subscriptions.Count > 0 || !_isListening)
        {
            return;
        }

        var left = Memory - _time.GetElapsedTime(_emptySince);
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return;
        }

        _isListening = false;
        _state.ForgetLines();
    }

    private ReadOnlyMemory<byte> Snapshot(LiveChannel channel) => _state.Snapshot(channel, _rings[(int)channel].Last, _time.GetUtcNow());

    private ReadOnlyMemory<byte> Gap(LiveChannel channel) =>
        _writer.Write(channel, _rings[(int)channel].Last, "gap", _time.GetUtcNow(), "{}"u8);

    private ImmutableArray<LiveSubscription> Subscribers(LiveChannel channel) =>
        [.. _subscriptions.Where(subscription => subscription.Wish.Channels.Contains(channel))];

    private void Leave(LiveSubscription subscription)
    {
        Interlocked.Decrement(ref _open);
        if (!_inputs.Writer.TryWrite(new LeftInput(subscription)))
        {
            _timer.Change(PortfolioPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndAll(int code, string message)
    {
        foreach (var subscription in _subscriptions.ToArray())
        {
            subscription.End(code, message);
        }
    }

    /// <summary>What the portfolio shows, without the figures that change with every commit.</summary>
    private sealed record PortfolioMark(
        ImmutableSortedDictionary<string, Position> Positions, Brokers.BrokerAccount? Account, DateTimeOffset? AccountAt, bool Connected, bool HasFeed,
        bool Blocked, int UnknownOrders, long Frame, bool IsStale)
    {
        public static PortfolioMark Of(TradingState state, bool isStale) => new(
            state.Positions, state.Account, state.AccountAt, state.BrokerConnected, state.HasFeed, state.Blocked, state.UnknownOrders, state.Frame,
            isStale);
    }
}
