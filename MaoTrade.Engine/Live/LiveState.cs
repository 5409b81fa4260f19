using System.Text;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using Serilog.Events;

namespace MaoTrade.Engine.Live;

/// <summary>What a snapshot is made of. Owned by the live loop.</summary>
internal sealed class LiveState(string accountId, EngineStores stores, LiveWriter writer)
{
    /// <summary>Most orders of a snapshot: the open ones, then the latest that ended.</summary>
    public const int MostOrders = 200;

    private const int MostTrades = 100;
    private const int MostLines = 100;

    private readonly LogDocument _document = new(accountId);
    private readonly List<Trade> _trades = [];
    private readonly Queue<ReadOnlyMemory<byte>> _lines = new();

    /// <summary>Number of the state on the board.</summary>
    public long Number { get; private set; }

    public TradingState State { get; private set; } = null!;

    public bool IsStale { get; private set; }

    public void Show(long number, TradingState state, bool isStale) => (Number, State, IsStale) = (number, state, isStale);

    /// <summary>Anything may have changed: what is not in the state is read again.</summary>
    public void Load()
    {
        if (stores.Current is { } store)
        {
            _trades.Clear();
            _trades.AddRange(store.LatestTrades(MostTrades));
        }
    }

    /// <summary>Remembers a trade; false when it is known already.</summary>
    public bool TryAdd(Trade trade)
    {
        if (_trades.Exists(known => known.TradeId == trade.TradeId))
        {
            return false;
        }

        _trades.Add(trade);
        if (_trades.Count > MostTrades)
        {
            _trades.RemoveAt(0);
        }

        return true;
    }

    /// <summary>Remembers a line; returns it as JSON.</summary>
    public ReadOnlyMemory<byte> Add(LogEvent line)
    {
        using var text = new StringWriter();
        _document.Format(line, text);
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(text.ToString().TrimEnd());
        _lines.Enqueue(json);
        if (_lines.Count > MostLines)
        {
            _lines.Dequeue();
        }

        return json;
    }

    /// <summary>Forgets the lines: nobody listens.</summary>
    public void ForgetLines() => _lines.Clear();

    public PortfolioView Portfolio(DateTimeOffset now) => PortfolioView.Of(State, accountId, IsStale, now);

    /// <summary>The whole of a channel as of its number.</summary>
    public ReadOnlyMemory<byte> Snapshot(LiveChannel channel, long seq, DateTimeOffset now) => channel switch
    {
        LiveChannel.Portfolio => writer.Write(channel, seq, "snapshot", now, Portfolio(now), LiveJson.Default.PortfolioView),
        LiveChannel.Orders => writer.Write(channel, seq, "snapshot", now, new OrdersSnapshot(Orders()), LiveJson.Default.OrdersSnapshot),
        LiveChannel.Signals => writer.Write(channel, seq, "snapshot", now, new SignalsReply(State.Signals.Values), LiveJson.Default.SignalsReply),
        LiveChannel.Trades => writer.Write(channel, seq, "snapshot", now, new TradesSnapshot(_trades), LiveJson.Default.TradesSnapshot),
        _ => writer.Write(channel, seq, "snapshot", now, Lines()),
    };

    /// <summary>Oldest first, as everywhere.</summary>
    private IEnumerable<Order> Orders()
    {
        var ended = Math.Max(0, MostOrders - State.OpenOrders.Count);
        return State.Orders.Values.Reverse().Where(order => order.IsEnded).Take(ended)
            .Concat(State.OpenOrders.TakeLast(MostOrders).Select(id => State.Orders[id]))
            .OrderBy(order => order.OrderId, StringComparer.Ordinal);
    }

    private byte[] Lines() => Encoding.UTF8.GetBytes(
        $"{{\"items\":[{string.Join(',', _lines.Select(line => Encoding.UTF8.GetString(line.Span)))}]}}");
}
