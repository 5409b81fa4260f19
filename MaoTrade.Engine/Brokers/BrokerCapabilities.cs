namespace MaoTrade.Engine.Brokers;

/// <summary>What a broker can do, as far as the order path depends on it.</summary>
/// <param name="Dedupe">What the broker does with a deal reference it has seen before.</param>
/// <param name="LookUpLag">How long an accepted order may stay invisible to look-ups and history.</param>
/// <param name="ReferenceMaxLength">Longest deal reference, characters.</param>
/// <param name="CloseTakesReference">Whether a closing order carries our reference.</param>
/// <param name="PartialClose">Whether a position can be closed in parts.</param>
public sealed record BrokerCapabilities(
    ReferenceDedupe Dedupe, TimeSpan LookUpLag, int ReferenceMaxLength, bool CloseTakesReference, bool PartialClose);

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
