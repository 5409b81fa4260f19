namespace MaoTrade.Engine.Brokers;

/// <summary>What a broker does with a deal reference it has seen before.</summary>
public enum ReferenceDedupe
{
    /// <summary>References are not stored.</summary>
    None,

    /// <summary>Stored and shown, but a second order with the same reference is a second order.</summary>
    TagOnly,

    /// <summary>A second order with the same reference answers as the first one.</summary>
    DedupesClientId,
}
