namespace MaoTrade.Engine.Brokers;

/// <summary>What became of a request that changes something at the broker.</summary>
public enum OrderAnswerKind
{
    /// <summary>The broker took it.</summary>
    Accepted,

    /// <summary>The broker refused it: proven, final for this attempt.</summary>
    Rejected,

    /// <summary>No byte can have reached the broker.</summary>
    NotSent,

    /// <summary>No answer: it may or may not have happened.</summary>
    Unknown,
}
