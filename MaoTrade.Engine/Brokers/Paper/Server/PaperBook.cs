using System.Globalization;
using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Brokers.Paper.Prices;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>All accounts and the step under way: the one place where events, ledger lines and identities are made.</summary>
internal sealed class PaperBook(PaperBrokerOptions options, PaperMarket market, string life, TimeProvider clock)
{
    public PaperBrokerOptions Options { get; } = options;

    public PaperMarket Market { get; } = market;

    public TimeProvider Clock { get; } = clock;

    public SortedDictionary<string, PaperAccount> Accounts { get; } = new(StringComparer.Ordinal);

    public PaperStep Step { get; } = new();

    public long NextLedgerLine { get; set; } = 1;

    /// <summary>The account of a name; null when it is not served here.</summary>
    public PaperAccount? AccountOf(string id)
    {
        if (Accounts.TryGetValue(id, out var account))
        {
            return account;
        }

        var served = Options.Accounts.Count == 0 ? PaperBrokerOptions.IsAccountId(id) : Options.Accounts.Contains(id);
        if (!served || Accounts.Count >= PaperLimits.Accounts)
        {
            return null;
        }

        account = new PaperAccount(id) { Cash = Options.Cash };
        Accounts.Add(id, account);
        Step.Accounts.Add(account);
        return account;
    }

    public void Emit(PaperAccount account, PaperStream? stream, Func<long, BrokerEvent> make)
    {
        var pending = new PendingEvent(account, account.NextEvent, stream, make(account.NextEvent));
        account.NextEvent++;
        account.Unacknowledged.Add(pending.Id, pending);
        if (account.Session is not null)
        {
            account.Undelivered.Enqueue(pending);
        }

        if (stream is not null)
        {
            stream.Unacknowledged++;
        }

        Step.Accounts.Add(account);
        Step.Events.Add(pending);
        Step.Deliveries.Add(account);
    }

    public void Acknowledge(PaperAccount account, long eventId)
    {
        account.InFlight.Remove(eventId);
        if (account.Unacknowledged.Remove(eventId, out var pending))
        {
            if (pending.Stream is { } stream)
            {
                stream.Unacknowledged--;
            }

            Step.Acknowledged.Add((account, eventId));
        }

        Step.Deliveries.Add(account);
    }

    public void Write(
        PaperAccount account, string what, long frame, string reference, string epic, OrderAction action, OrderOpType opType,
        OrderType orderType, decimal qty, decimal? price, decimal? stopPrice)
    {
        if (Options.LedgerFile is not null)
        {
            Step.Ledger.Add(new PaperLedgerLine(
                NextLedgerLine++, frame, account.Id, what, reference, epic, action, opType, orderType, qty, price, stopPrice));
        }
    }

    public void Write(PaperOrder order, string what, PaperStream? stream) => Write(
        order.Account, what, stream?.LastFrame ?? 0, order.Ticket.DealReference, order.Ticket.Epic, order.Ticket.Action,
        order.Ticket.OpType, order.Ticket.OrderType, order.Ticket.Qty, order.Ticket.Price, order.Ticket.StopPrice);

    /// <summary>Stores an order in its present state and keeps the list of working ones.</summary>
    public void Put(PaperOrder order)
    {
        var at = order.Account.Working.FindIndex(working => working.Number == order.Number);
        if (at >= 0)
        {
            order.Account.Working.RemoveAt(at);
        }

        if (order.State == LookUpKind.Open)
        {
            order.Account.Working.Insert(at >= 0 ? at : order.Account.Working.Count, order);
        }

        Step.Orders[(order.Account, order.Number)] = order;
    }

    public void Put(PaperAccount account, string epic, HeldPosition? position)
    {
        if (position is null)
        {
            account.Positions.Remove(epic);
        }
        else
        {
            account.Positions[epic] = position;
        }

        Step.Positions.Add((account, epic));
        Step.Figures.Add(account);
    }

    public long NextDeal(PaperAccount account)
    {
        Step.Accounts.Add(account);
        return account.NextDeal++;
    }

    /// <summary>Identity of a deal: unique for the life of the database, the same in every lockstep run of a seed.</summary>
    public string DealId(PaperAccount account, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{life}{PaperHash.Of(account.Id) >> 32:x8}-{number}");

    /// <summary>Reference of an order the broker made itself, 26 characters like the engine's own.</summary>
    public string OwnReference(PaperAccount account, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"B{PaperHash.Of(life + account.Id) >> 32:X8}{number:D17}");
}
