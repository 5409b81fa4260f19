using System.Globalization;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Rules;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>
/// A broker of one instrument and one account, without clock or thread: orders are answered at once, bars are opened and
/// worked when they are told to. It outlives the engine that trades with it. Fills follow the paper broker's rules.
/// </summary>
internal sealed class SimulatedBroker(BarSeries bars, BacktestRules rules, decimal cash)
{
    public static readonly BrokerCapabilities Capabilities =
        new(ReferenceDedupe.TagOnly, TimeSpan.Zero, ReferenceMaxLength: 30, CloseTakesReference: true, PartialClose: true);

    private readonly List<WaitingOrder> _waiting = [];
    private readonly List<BrokerEvent> _events = [];
    private decimal _cash = cash;
    private HeldPosition? _position;
    private long _entryFrame;
    private decimal _entryFees;
    private int _deals;
    private int _orders;
    private int _at = -1;

    /// <summary>Once it was asked for, until a bar or an execution changes it.</summary>
    private decimal? _equity;

    /// <summary>What was filled since it was made or forked.</summary>
    public BrokerRecord Record { get; private init; } = new();

    public bool IsFlat => _position is null;

    /// <summary>What it has to say, in order; the reader empties it.</summary>
    public List<BrokerEvent> Events => _events;

    /// <summary>Bars opened so far.</summary>
    private int Bars => _at + 1;

    public decimal Cash => _cash;

    /// <summary>Cash and the open position at what it would close at: the bid of a long one, the ask of a short one.</summary>
    public decimal Equity => _position is { } held
        ? _equity ??= _cash + (held.Qty * (LastPrice(held) - held.AvgPrice))
        : _cash;

    /// <summary>The same broker once more, with a record that begins now.</summary>
    public SimulatedBroker Fork()
    {
        var fork = new SimulatedBroker(bars, rules, _cash)
        {
            _position = _position,
            _entryFrame = _entryFrame,
            _entryFees = _entryFees,
            _deals = _deals,
            _orders = _orders,
            _at = _at,
        };
        fork._waiting.AddRange(_waiting);
        return fork;
    }

    /// <summary>Opens the next bar: waiting market orders are filled at its open, then stops before limits inside it.</summary>
    public void Work(int at)
    {
        _at = at;
        _equity = null;
        if (_waiting.Count > 0)
        {
            var sides = Sides();
            foreach (var order in Waiting(OrderType.Market))
            {
                FillMarket(order, sides.At(order.Ticket.OpType).Open, bars.Frames[at].UnixSeconds, armedFromBar: Bars, OrderReason.Signal);
            }
        }

        if (_waiting.Count > 0 || _position is { StopPrice: not null } or { LimitPrice: not null })
        {
            var sides = Sides();
            Inside(OrderType.Stop, sides);
            Inside(OrderType.Limit, sides);
        }
    }

    /// <summary>Fills waiting market orders at the close of the present bar; false when there are none.</summary>
    public bool FillAtClose()
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        var orders = _waiting.FindAll(order => order.Ticket.OrderType == OrderType.Market);
        foreach (var order in orders)
        {
            FillMarket(order, Sides().At(order.Ticket.OpType).Close, End, armedFromBar: Bars + 1, OrderReason.Signal);
        }

        return orders.Count > 0;
    }

    /// <summary>Closes what is open at the close of the last bar.</summary>
    public void CloseAtEnd()
    {
        if (_position is { } held)
        {
            var opType = held.Qty > 0 ? OrderOpType.Sell : OrderOpType.Buy;
            var ticket = new OrderTicket(
                Name("E", ++_deals), bars.Epic, OrderAction.ClosePosition, opType, OrderType.Market, Math.Abs(held.Qty), null, null, null);
            var order = new WaitingOrder(Name("D", _deals), ticket, Bars);
            FillMarket(order, Sides().At(opType).Close, End, armedFromBar: Bars + 1, OrderReason.End);
        }
    }

    public OrderAnswer Submit(OrderTicket ticket)
    {
        var closing = _waiting
            .Where(order => order.Ticket is { Action: OrderAction.ClosePosition, OrderType: OrderType.Market })
            .Sum(order => order.Ticket.Qty);
        var refusal = TicketRules.Malformed(ticket)
            ?? (ticket.Action == OrderAction.ClosePosition ? TicketRules.Unclosable(ticket, _position?.Qty ?? 0, closing) : null);
        if (refusal is not null)
        {
            return new OrderAnswer(OrderAnswerKind.Rejected, null, 1, refusal);
        }

        var order = new WaitingOrder(Name("D", ++_deals), ticket, Bars);
        _waiting.Add(order);
        return new OrderAnswer(OrderAnswerKind.Accepted, order.DealId, 0, "");
    }

    public BrokerAccount Account() => new(
        "backtest", "System test", AccountStatus.Enabled, "", _cash, Equity, UsedMargin: 0, Equity - _cash, TradingSessionOpen: true);

    public BrokerPortfolio Portfolio() => new(Account(), _position is not { } held
        ? []
        : [new BrokerPosition(held.Epic, held.Qty, held.AvgPrice, LastPrice(held), held.StopPrice, held.LimitPrice, held.DealIds, held.OpenedAt)]);

    public IReadOnlyList<BrokerOrder> OpenOrders() => [.. _waiting.Select(order => new BrokerOrder(
        order.Ticket.DealReference, order.DealId, order.Ticket.Epic, order.Ticket.Action, order.Ticket.OpType, order.Ticket.OrderType, order.Ticket.Qty))];

    public LookUpAnswer LookUp(string dealReference) => _waiting.Find(order => order.Ticket.DealReference == dealReference) is { } order
        ? new LookUpAnswer(LookUpKind.Open, order.DealId, 0, "")
        : new LookUpAnswer(LookUpKind.Absent, null, 0, "");

    private long End => bars.Frames[_at].UnixSeconds + bars.TimeFrameSeconds;

    private static string Name(string kind, int number) => kind + number.ToString(CultureInfo.InvariantCulture);

    private CandleSides Sides() => CandleSides.Of(bars[_at], rules.Spread);

    private decimal LastPrice(HeldPosition held)
    {
        if (_at < 0)
        {
            return held.AvgPrice;
        }

        var isLong = held.Qty > 0;
        return bars.Sides.Length > 0
            ? isLong ? bars.Sides[_at].Bid.Close : bars.Sides[_at].Ask.Close
            : rules.Spread == 0 ? bars.Frames[_at].Close
            : bars.Frames[_at].Close + (isLong ? -rules.Spread / 2 : rules.Spread / 2);
    }

    private List<WaitingOrder> Waiting(OrderType type) =>
        _waiting.FindAll(order => order.Ticket.OrderType == type && order.AfterBar < Bars);

    /// <summary>The position's own level before orders that work.</summary>
    private void Inside(OrderType type, in CandleSides sides)
    {
        if (_position is { } held && held.ArmedFromBar <= Bars && (type == OrderType.Stop ? held.StopPrice : held.LimitPrice) is { } own)
        {
            var opType = held.Qty > 0 ? OrderOpType.Sell : OrderOpType.Buy;
            if (Reached(type, opType, own, sides) is { } price)
            {
                var ticket = new OrderTicket(
                    Name("P", ++_deals), bars.Epic, OrderAction.ClosePosition, opType, type, Math.Abs(held.Qty), own, null, null);
                Execute(
                    ticket, Name("D", _deals), ticket.Qty, price, End, Bars, type == OrderType.Stop ? OrderReason.Stop : OrderReason.Limit);
            }
        }

        if (_waiting.Count == 0)
        {
            return;
        }

        foreach (var order in Waiting(type))
        {
            if (order.Ticket.Price is { } level && Reached(type, order.Ticket.OpType, level, sides) is { } price)
            {
                Fill(order, price, End, Bars + 1, OrderReason.Signal);
            }
        }
    }

    private decimal? Reached(OrderType type, OrderOpType opType, decimal level, CandleSides sides) => type == OrderType.Stop
        ? PriceTrigger.Stop(opType, level, sides.At(opType)) is { } price ? PriceTrigger.Slipped(opType, price, rules.Slippage) : null
        : PriceTrigger.Limit(opType, level, sides.At(opType));

    private void FillMarket(WaitingOrder order, decimal price, long at, int armedFromBar, OrderReason reason) =>
        Fill(order, PriceTrigger.Slipped(order.Ticket.OpType, price, rules.Slippage), at, armedFromBar, reason);

    private void Fill(WaitingOrder order, decimal price, long at, int armedFromBar, OrderReason reason)
    {
        _waiting.Remove(order);
        var qty = order.Ticket.Qty;
        if (order.Ticket.Action == OrderAction.ClosePosition)
        {
            var held = _position?.Qty ?? 0;
            qty = held * order.SignedQty < 0 ? Math.Min(qty, Math.Abs(held)) : 0;
        }

        if (qty > 0)
        {
            Execute(order.Ticket, order.DealId, qty, price, at, armedFromBar, reason);
        }
        else
        {
            _events.Add(new OrderCancelledEvent(null, order.Ticket.DealReference, "the position is closed already"));
        }
    }

    private void Execute(
        OrderTicket ticket, string dealId, decimal qty, decimal price, long at, int armedFromBar, OrderReason reason)
    {
        var frame = bars.Frames[_at].UnixSeconds;
        var moment = DateTimeOffset.FromUnixTimeSeconds(at);
        var before = _position;
        var signed = ticket.OpType == OrderOpType.Buy ? qty : -qty;
        var (held, average, pnl) = Netting.Join(before?.Qty ?? 0, before?.AvgPrice ?? 0, signed, price);
        var fee = rules.Fee.Of(qty, price);
        _cash += (pnl ?? 0) - fee;
        _equity = null;
        _position = HeldPosition.After(before, ticket, dealId, held, average, armedFromBar, moment);
        Record.Fees += fee;
        Record.Orders.Add(new BacktestOrder(++_orders, frame, ticket.OpType, ticket.OrderType, qty, price, fee, reason));
        Settle(before, qty, price, fee, frame, pnl);
        _events.Add(new FillEvent(null, new Fill(
            dealId + "-1", ticket.DealReference, dealId, bars.Epic, ticket.Action, ticket.OpType, ticket.OrderType, qty, price, pnl, frame, moment)));
    }

    /// <summary>Ends a trade with what closes, and shares the fees between what closes and what opens.</summary>
    private void Settle(HeldPosition? before, decimal qty, decimal price, decimal fee, long frame, decimal? pnl)
    {
        var open = Math.Abs(before?.Qty ?? 0);
        var closed = pnl is null ? 0 : Math.Min(open, qty);
        if (closed > 0)
        {
            var entryFees = closed == open ? _entryFees : _entryFees * closed / open;
            var fees = entryFees + (closed == qty ? fee : fee * closed / qty);
            _entryFees -= entryFees;
            Record.Trades.Add(new BacktestTrade(
                _entryFrame, frame, before!.Qty > 0 ? OrderOpType.Buy : OrderOpType.Sell, closed, before.AvgPrice, price, fees, pnl!.Value - fees));
        }

        if (closed < qty)
        {
            _entryFrame = closed > 0 || before is null ? frame : _entryFrame;
            _entryFees += closed > 0 ? fee * (qty - closed) / qty : fee;
        }
    }
}
