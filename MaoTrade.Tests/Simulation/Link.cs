using MaoTrade.Engine.Brokers;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// The network between one life of the engine and the venue: requests and answers take time, get lost, events come twice
/// or overtake each other, the connection breaks. What is under way when it breaks may still arrive.
/// </summary>
public sealed class Link(Agenda agenda, Venue venue, SessionPlan plan, Random random)
{
    /// <summary>Longest time a request is under way.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Calls that wait for an answer; each is told when the connection breaks.</summary>
    private readonly List<Action> _waiting = [];

    private TimeSpan _lastEventAt;

    public bool IsUp { get; private set; }

    private bool Disturbed => venue.Disturbed;

    /// <summary>Events arrive in order, unless the plan lets one of an order overtake; frames never overtake.</summary>
    public void Connect(Action<BrokerEvent> hear)
    {
        IsUp = true;
        venue.Connect(said =>
        {
            Deliver(said, hear);
            if (Disturbed && random.NextDouble() < plan.Duplicate)
            {
                Deliver(said, hear);
            }
        });
    }

    public void Break()
    {
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        venue.Disconnect();
        foreach (var give in _waiting.ToArray())
        {
            give();
        }
    }

    /// <summary>
    /// A request: <paramref name="ask"/> happens at the venue, <paramref name="answered"/> when its answer is back,
    /// <paramref name="unanswered"/> instead of it when none comes. One of the two happens, once.
    /// </summary>
    public void Call<T>(Func<T> ask, Action<T> answered, Action unanswered)
    {
        var open = true;
        void Settle(Action end)
        {
            if (open)
            {
                open = false;
                _waiting.Remove(GiveUp);
                end();
            }
        }

        void GiveUp() => Settle(unanswered);

        if (!IsUp)
        {
            unanswered();
            return;
        }

        _waiting.Add(GiveUp);
        agenda.In(AnswerTimeout, GiveUp);
        if (Disturbed && random.NextDouble() < plan.LostRequest)
        {
            return;
        }

        agenda.In(Way(), () =>
        {
            var answer = ask();
            if (!Disturbed || random.NextDouble() >= plan.LostReply)
            {
                agenda.In(Way(), () => Settle(() => answered(answer)));
            }
        });
    }

    /// <summary>A message nobody answers.</summary>
    public void Tell(Action action)
    {
        if (IsUp && (!Disturbed || random.NextDouble() >= plan.LostRequest))
        {
            agenda.In(Way(), action);
        }
    }

    private void Deliver(BrokerEvent said, Action<BrokerEvent> hear)
    {
        var at = agenda.Now + Way();
        if (at < _lastEventAt && (said is FrameEvent || !Disturbed || random.NextDouble() >= plan.Reorder))
        {
            at = _lastEventAt;
        }

        _lastEventAt = at > _lastEventAt ? at : _lastEventAt;
        agenda.In(at - agenda.Now, () =>
        {
            if (IsUp)
            {
                hear(said);
            }
        });
    }

    private TimeSpan Way() => random.Next(50) == 0
        ? LongestWay * random.NextDouble()
        : TimeSpan.FromMilliseconds(random.Next(1, 40));
}
