using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// Sends the events of the accounts to their connections: in order, a limited number in flight, everything unacknowledged
/// again under the same identity on a new connection. The faults <c>duplicate</c> and <c>reorder</c> live here.
/// </summary>
internal sealed class PaperDelivery(PaperBook book, PaperFaults faults, Action releaseSoon)
{
    public void Connect(PaperAccount account, PaperSession session)
    {
        account.Session?.Replace();
        Forget(account);
        account.Session = session;
        foreach (var pending in account.Unacknowledged.Values)
        {
            account.Undelivered.Enqueue(book.Options.Clock == PaperClockMode.Live ? Aged(pending) : pending);
        }

        book.Step.Deliveries.Add(account);
        book.Step.Figures.Add(account);
    }

    public static void Disconnect(PaperAccount account, PaperSession session)
    {
        if (account.Session == session)
        {
            account.Session = null;
            Forget(account);
        }
    }

    /// <summary>Sends what may leave; called when the step is committed.</summary>
    public void Deliver(PaperAccount account)
    {
        if (account.Session is not { } session)
        {
            return;
        }

        while (account.InFlight.Count < PaperLimits.EventsInFlight && account.Undelivered.TryDequeue(out var pending))
        {
            account.InFlight.Add(pending.Id);
            if (account.Held is { } held)
            {
                account.Held = null;
                var (first, second) = pending.IsOrderEvent ? (pending, held) : (held, pending);
                Send(session, first);
                Send(session, second);
            }
            else if (pending.IsOrderEvent && faults.Reorders())
            {
                account.Held = pending;
                releaseSoon();
            }
            else
            {
                Send(session, pending);
            }
        }
    }

    /// <summary>Ends the wait of a held event that no other one overtook.</summary>
    public void Release(PaperAccount account)
    {
        if (account is { Held: { } held, Session: { } session })
        {
            account.Held = null;
            Send(session, held);
        }
    }

    /// <summary>Tells the figures as they are now; a later telling replaces this one, so it is not acknowledged.</summary>
    public void SendFigures(PaperAccount account) => account.Session?.Send(PaperFraming.Encode<PaperMessage>(
        EventMessage.Of(new AccountEvent(null, PaperFigures.Of(account, book.Options))), PaperJson.Default.PaperMessage));

    private void Send(PaperSession session, PendingEvent pending)
    {
        session.Send(pending.Frame);
        if (faults.Duplicates())
        {
            session.Send(pending.Frame);
        }
    }

    private static void Forget(PaperAccount account)
    {
        account.Undelivered.Clear();
        account.InFlight.Clear();
        account.Held = null;
        foreach (var stream in account.Streams.Values)
        {
            stream.Subscribed = false;
        }
    }

    /// <summary>In the live clock a frame that comes again is old: nobody is to trade on it.</summary>
    private static PendingEvent Aged(PendingEvent pending) => pending.Event is FrameEvent { Late: false } frame
        ? new PendingEvent(pending.Account, pending.Id, pending.Stream, frame with { Late = true })
        : pending;
}
