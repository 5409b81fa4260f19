namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>What the paper broker does wrong on purpose; shares are 0 to 1, default 0.</summary>
public sealed record PaperFaultOptions
{
    /// <summary>Time every answer is late. Default 0, at most 60 s.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Share of submits, changes and cancels that are done and never answered.</summary>
    public double LostReply { get; init; }

    /// <summary>Share of submits, changes and cancels that are dropped undone.</summary>
    public double LostRequest { get; init; }

    /// <summary>Share of orders refused; which ones follows from seed, account, epic and the ordinal of the order there.</summary>
    public double Reject { get; init; }

    /// <summary>Share of events delivered twice under the same id.</summary>
    public double Duplicate { get; init; }

    /// <summary>Share of order events that change places with the order event after them, never across a bar.</summary>
    public double Reorder { get; init; }
}
