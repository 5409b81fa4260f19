namespace MaoTrade.Engine.Brokers;

/// <summary>What a look-up by deal reference found.</summary>
public enum LookUpKind
{
    /// <summary>The broker did not answer: nothing is known.</summary>
    NoAnswer,

    /// <summary>The broker does not know the reference (proof only after its look-up lag).</summary>
    Absent,

    /// <summary>Accepted and working.</summary>
    Open,

    /// <summary>Filled; the fills come by history.</summary>
    Filled,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>Cancelled.</summary>
    Cancelled,
}
