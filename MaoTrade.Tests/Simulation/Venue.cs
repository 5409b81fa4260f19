using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// A broker as brokers are: it fills when it likes, shows orders late, never remembers that it has seen a reference, and
/// is the truth about every order. Written apart from the product's own paper broker.
/// </summary>
public sealed class Venue(Agenda agenda, SessionPlan plan, Random random)
{
    public const int TimeFrameSeconds = 60;
    private static readonly string[] Epics = ["EURUSD", "GBPUSD"];
    private readonly Dictionary<string, decimal> _prices = Epics.ToDictionary(e => e, _ => 1.2000m);
    private readonly Dictionary<string, (decimal Open, decimal High, decimal Low)> _bars = [];
    private readonly SortedDictionary<long, BrokerEvent> _unacknowledged = [];
    private readonly HashSet<string> _subscribed = [];
    private long _event;
    private int _deal;

    /// <summary>Everything it ever took, in order; a reference taken twice stands here twice.</summary>
    public List<Deal> Deals { get; } = [];

    public List<(Fill Fill, TimeSpan VisibleAt)> Fills { get; } = [];

    public SortedDictionary<string, Holding> Holdings { get; } = new(StringComparer.Ordinal);

    /// <summary>Closed frames told to the account, by epic in order.</summary>
    public Dictionary<string, List<Frame>> Told { get; } = Epics.ToDictionary(e => e, _ => new List<Frame>());

    /// <summary>Where events go while a session stands.</summary>
    public Action<BrokerEvent>? Listener { get; private set; }

    /// <summary>Told of every order it takes.</summary>
    public Action<Deal>? Took { get; set; }

    /// <summary>Whether faults still happen.</summary>
    public bool Disturbed { get; set; } = true;

    /// <summary>Whether prices move.</summary>
    public bool IsOpen { get; set; } = true;

    public BrokerCapabilities Capabilities { get; } = new(ReferenceDedupe.TagOnly, plan.LookUpLag + Link.LongestWay, 30, true, true);

    public DateTimeOffset Time => agenda.TrueTime;

    private long BarStart => agenda.TrueTime.ToUnixTimeSeconds() / TimeFrameSeconds * TimeFrameSeconds;

    public void Open() => agenda.In(TimeSpan.FromSeconds(TimeFrameSeconds / 12), Trade);

    /// <summary>A session begins: what is not acknowledged comes again, old frames as history.</summary>
    public void Connect(Action<BrokerEvent> listener)
    {
        Listener = listener;
        _subscribed.Clear();
        foreach (var (id, said) in _unacknowledged.ToArray())
        {
            _unacknowledged[id] = said is FrameEvent frame && frame.Frame.UnixSeconds + (2 * TimeFrameSeconds) < Time.ToUnixTimeSeconds()
                ? frame with { Late = true }
                : said;
            listener(_unacknowledged[id]);
        }
    }

    public void Disconnect() => Listener = null;

    public void Acknowledge(long eventId) => _unacknowledged.Remove(eventId);

    public MarketDataResult Subscribe(string epic) => _prices.ContainsKey(epic) && _subscribed.Add(epic) | true ? MarketDataResult.Ok : MarketDataResult.InvalidEpic;

    public OrderAnswer Submit(OrderTicket ticket)
    {
        if (Disturbed && random.NextDouble() < plan.TurnAway)
        {
            return new OrderAnswer(OrderAnswerKind.NotSent, null, 429, "come back later");
        }

        var deal = new Deal(ticket, $"D{++_deal}", agenda.Now) { VisibleAt = agenda.Now + (plan.LookUpLag * random.NextDouble()) };
        Deals.Add(deal);
        Took?.Invoke(deal);
        if (Refusal(ticket) is { } refusal)
        {
            deal.State = LookUpKind.Rejected;
            deal.Message = refusal;
            Tell(id => new OrderRejectedEvent(id, ticket.DealReference, 7, refusal));
            return new OrderAnswer(OrderAnswerKind.Rejected, null, 7, refusal);
        }

        Tell(id => new OrderAcceptedEvent(id, ticket.DealReference, deal.DealId));
        if (ticket.OrderType == OrderType.Market)
        {
            agenda.In(TimeSpan.FromMilliseconds(random.Next(20, 4_000)), () => Work(deal));
        }

        return new OrderAnswer(OrderAnswerKind.Accepted, deal.DealId, 0, "");
    }

    /// <summary>Takes a working order back; too late for one that is being worked.</summary>
    public OrderAnswer Cancel(string reference)
    {
        if (Deals.LastOrDefault(d => d.Ticket.DealReference == reference) is not { State: LookUpKind.Open } deal)
        {
            return new OrderAnswer(OrderAnswerKind.Rejected, null, 9, "it does not work any more");
        }

        Cancel(deal, "cancelled on request");
        return new OrderAnswer(OrderAnswerKind.Accepted, deal.DealId, 0, "");
    }

    /// <summary>Moves the levels of a position; an order of its own, done at once.</summary>
    public OrderAnswer Modify(OrderTicket ticket)
    {
        var deal = new Deal(ticket, $"D{++_deal}", agenda.Now) { VisibleAt = agenda.Now + (plan.LookUpLag * random.NextDouble()) };
        Deals.Add(deal);
        Took?.Invoke(deal);
        if (Holdings.GetValueOrDefault(ticket.Epic) is not { } held)
        {
            deal.State = LookUpKind.Rejected;
            deal.Message = "no position";
            return new OrderAnswer(OrderAnswerKind.Rejected, null, 8, deal.Message);
        }

        deal.State = LookUpKind.Filled;
        Holdings[ticket.Epic] = held with { StopPrice = ticket.StopPrice };
        return new OrderAnswer(OrderAnswerKind.Accepted, deal.DealId, 0, "");
    }

    public LookUpAnswer LookUp(string reference) => Deals.LastOrDefault(d => d.Ticket.DealReference == reference) is { } deal && deal.VisibleAt <= agenda.Now
        ? new LookUpAnswer(deal.State, deal.DealId, 0, deal.Message)
        : new LookUpAnswer(LookUpKind.Absent, null, 0, "not found");

    /// <summary>Fills after a cursor; one that is not yet visible hides those behind it.</summary>
    public FillPage FillsAfter(string? cursor)
    {
        var from = cursor is null ? 0 : int.Parse(cursor);
        var page = Fills.Skip(from).TakeWhile(f => f.VisibleAt <= agenda.Now).Select(f => f.Fill).ToArray();
        return new FillPage(page, $"{from + page.Length}", false);
    }

    public BrokerPortfolio Portfolio() => new(
        new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 10_000m, 10_000m, 0m, 0m, true),
        [.. Holdings.Values.Select(h => new BrokerPosition(h.Epic, h.Qty, h.AvgPrice, _prices[h.Epic], h.StopPrice, null, ["D"], DateTimeOffset.UnixEpoch))]);

    public IReadOnlyList<BrokerOrder> OpenOrders() => [.. Deals
        .Where(d => d.State == LookUpKind.Open && d.VisibleAt <= agenda.Now)
        .Select(d => new BrokerOrder(d.Ticket.DealReference, d.DealId, d.Ticket.Epic, d.Ticket.Action, d.Ticket.OpType, d.Ticket.OrderType, d.Ticket.Qty))];

    /// <summary>Somebody deals at the broker's own screen.</summary>
    public void DealByHand(string epic)
    {
        var side = random.Next(2) == 0 ? OrderOpType.Buy : OrderOpType.Sell;
        var ticket = new OrderTicket($"HAND{++_deal}", epic, OrderAction.OpenPosition, side, OrderType.Market, 1m, null, null, null);
        Execute(ticket, $"D{_deal}", 1m, _prices[epic], agenda.Now + (plan.LookUpLag * random.NextDouble()));
    }

    private string? Refusal(OrderTicket ticket)
    {
        if (Disturbed && random.NextDouble() < plan.Reject)
        {
            return "refused at random";
        }

        var held = Holdings.GetValueOrDefault(ticket.Epic)?.Qty ?? 0;
        return ticket.Action == OrderAction.ClosePosition && (held == 0 || Math.Sign(held) == (ticket.OpType == OrderOpType.Buy ? 1 : -1) || ticket.Qty > Math.Abs(held))
            ? "nothing to close"
            : null;
    }

    private void Work(Deal deal)
    {
        if (deal.State != LookUpKind.Open)
        {
            return;
        }

        var rest = deal.Ticket.Qty - deal.FilledQty;
        var held = Math.Abs(Holdings.GetValueOrDefault(deal.Ticket.Epic)?.Qty ?? 0);
        if (deal.Ticket.Action == OrderAction.ClosePosition && held < rest)
        {
            Cancel(deal, "the position is closed already");
            return;
        }

        var qty = deal.FilledQty == 0 && random.NextDouble() < plan.Partial ? rest / 2 : rest;
        deal.FilledQty += qty;
        if (deal.FilledQty == deal.Ticket.Qty)
        {
            deal.State = LookUpKind.Filled;
        }
        else
        {
            agenda.In(TimeSpan.FromMilliseconds(random.Next(100, 20_000)), () => Work(deal));
        }

        Execute(deal.Ticket, deal.DealId, qty, _prices[deal.Ticket.Epic], deal.VisibleAt);
    }

    private void Cancel(Deal deal, string message)
    {
        deal.State = LookUpKind.Cancelled;
        deal.Message = message;
        Tell(id => new OrderCancelledEvent(id, deal.Ticket.DealReference, message));
    }

    private void Execute(OrderTicket ticket, string dealId, decimal qty, decimal price, TimeSpan visibleAt)
    {
        var fill = new Fill(
            $"F{Fills.Count + 1}", ticket.DealReference, dealId, ticket.Epic, ticket.Action, ticket.OpType, ticket.OrderType, qty, price, null,
            BarStart, Time);
        Fills.Add((fill, visibleAt));
        var before = Holdings.GetValueOrDefault(ticket.Epic);
        var held = (before?.Qty ?? 0) + (ticket.OpType == OrderOpType.Buy ? qty : -qty);
        if (held == 0)
        {
            Holdings.Remove(ticket.Epic);
        }
        else
        {
            Holdings[ticket.Epic] = new Holding(ticket.Epic, held, price, ticket.Action == OrderAction.OpenPosition ? ticket.StopPrice ?? before?.StopPrice : before?.StopPrice);
        }

        Tell(id => new FillEvent(id, fill));
    }

    /// <summary>Prices move twelve times in a frame; stops are hit on the way; at its end the frame is told.</summary>
    private void Trade()
    {
        if (!IsOpen)
        {
            return;
        }

        agenda.In(TimeSpan.FromSeconds(TimeFrameSeconds / 12), Trade);
        var seconds = Time.ToUnixTimeSeconds();
        foreach (var epic in Epics)
        {
            var price = _prices[epic] += random.Next(-3, 4) * 0.0001m;
            var (open, high, low) = _bars.GetValueOrDefault(epic, (price, price, price));
            _bars[epic] = (open, Math.Max(high, price), Math.Min(low, price));
            if (Holdings.GetValueOrDefault(epic) is { StopPrice: { } stop } held && (held.Qty > 0 ? price <= stop : price >= stop))
            {
                var side = held.Qty > 0 ? OrderOpType.Sell : OrderOpType.Buy;
                var ticket = new OrderTicket($"STOP{++_deal}", epic, OrderAction.ClosePosition, side, OrderType.Stop, Math.Abs(held.Qty), stop, null, null);
                Execute(ticket, $"D{_deal}", ticket.Qty, price, agenda.Now);
            }

            foreach (var deal in Deals.FindAll(d => d.State == LookUpKind.Open && d.Ticket is { OrderType: OrderType.Limit } t && t.Epic == epic
                && (t.OpType == OrderOpType.Buy ? price <= t.Price : price >= t.Price)))
            {
                Work(deal);
            }

            if (seconds % TimeFrameSeconds == 0 && _bars.Remove(epic, out var bar))
            {
                var frame = new Frame(seconds - TimeFrameSeconds, bar.Open, bar.High, bar.Low, price, 0);
                Told[epic].Add(frame);
                Say(id => new FrameEvent(id, epic, TimeFrameSeconds, frame, true, false, Time));
            }
        }
    }

    /// <summary>What happens to an order; some brokers keep it to themselves.</summary>
    private void Tell(Func<long, BrokerEvent> make)
    {
        if (!Disturbed || random.NextDouble() >= plan.Untold)
        {
            Say(make);
        }
    }

    private void Say(Func<long, BrokerEvent> make)
    {
        var said = make(++_event);
        _unacknowledged[_event] = said;
        Listener?.Invoke(said);
    }
}

/// <summary>An order the venue took.</summary>
public sealed class Deal(OrderTicket ticket, string dealId, TimeSpan takenAt)
{
    public OrderTicket Ticket { get; } = ticket;

    public string DealId { get; } = dealId;

    public TimeSpan TakenAt { get; } = takenAt;

    public TimeSpan VisibleAt { get; init; }

    public LookUpKind State { get; set; } = LookUpKind.Open;

    public decimal FilledQty { get; set; }

    public string Message { get; set; } = "";

    /// <summary>It did or may still do something.</summary>
    public bool IsEffective => FilledQty > 0 || State == LookUpKind.Open;
}

/// <summary>An open position at the venue, signed.</summary>
public sealed record Holding(string Epic, decimal Qty, decimal AvgPrice, decimal? StopPrice);
