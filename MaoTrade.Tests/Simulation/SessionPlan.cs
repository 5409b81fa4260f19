namespace MaoTrade.Tests.Simulation;

/// <summary>What a seed makes of a session: its faults and how often they come.</summary>
public sealed record SessionPlan(int Seed)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(8);

    /// <summary>Time without faults at the end, the market open and then closed, in which everything must come to rest.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan Closed = TimeSpan.FromMinutes(2.5);

    /// <summary>How the engine is broken on purpose.</summary>
    public Defect Defect { get; init; }

    /// <summary>Longest time a request is under way, or an order invisible to look-up and history, at the broker.</summary>
    public TimeSpan LookUpLag { get; private init; }

    /// <summary>Shares of requests: never arrive, answer never comes back.</summary>
    public double LostRequest { get; private init; }

    public double LostReply { get; private init; }

    /// <summary>Shares of events of the broker: said twice, said late so that later ones overtake.</summary>
    public double Duplicate { get; private init; }

    public double Reorder { get; private init; }

    /// <summary>Share of what happens to orders that the broker never tells by itself: it must be asked.</summary>
    public double Untold { get; private init; }

    /// <summary>Shares of orders: refused, turned away untaken (429, 403 allowance, 401), filled in two parts.</summary>
    public double Reject { get; private init; }

    public double TurnAway { get; private init; }

    public double Partial { get; private init; }

    /// <summary>Chance per batch of inputs that the process is killed in it, that the commit fails, that its answer is lost.</summary>
    public double Kill { get; private init; }

    public double CommitFails { get; private init; }

    public double CommitUnknown { get; private init; }

    /// <summary>Mean time between losses of the connection, jumps of the wall clock, deals by hand at the broker, commands.</summary>
    public TimeSpan? Disconnects { get; private init; }

    public TimeSpan? ClockJumps { get; private init; }

    public TimeSpan? DealsByHand { get; private init; }

    public TimeSpan? Commands { get; private init; }

    /// <summary>Mean time between uses of the kill switch.</summary>
    public TimeSpan? KillSwitch { get; private init; }

    public static SessionPlan Of(int seed)
    {
        var random = new Random(seed);
        return new SessionPlan(seed)
        {
            LookUpLag = TimeSpan.FromSeconds(Pick(random, 0, 1, 5, 60)),
            LostRequest = Pick(random, 0, 0.02, 0.2),
            LostReply = Pick(random, 0, 0.02, 0.2),
            Duplicate = Pick(random, 0, 0.1),
            Reorder = Pick(random, 0, 0.1),
            Untold = Pick(random, 0, 0, 0.3, 1),
            Reject = Pick(random, 0, 0, 0.05),
            TurnAway = Pick(random, 0, 0.05),
            Partial = Pick(random, 0, 0.3),
            Kill = Pick(random, 0, 0.002, 0.01),
            CommitFails = Pick(random, 0, 0.002),
            CommitUnknown = Pick(random, 0, 0.002),
            Disconnects = Minutes(Pick(random, 0, 10, 60)),
            ClockJumps = Minutes(Pick(random, 0, 30)),
            DealsByHand = Minutes(Pick(random, 0, 0, 45)),
            Commands = Minutes(Pick(random, 0, 5)),
            KillSwitch = Minutes(Pick(random, 0, 0, 0, 120)),
        };
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];

    private static TimeSpan? Minutes(int minutes) => minutes == 0 ? null : TimeSpan.FromMinutes(minutes);
}

/// <summary>A deliberate fault of the engine; the proof tools must see each.</summary>
public enum Defect
{
    None,

    /// <summary>An attempt without an answer is taken for one that never left, and is sent again.</summary>
    BlindResend,

    /// <summary>An attempt without an answer is taken for refused.</summary>
    RejectOnTimeout,

    /// <summary>Effects leave before their rows are stored.</summary>
    SaveAfterSend,
}
