namespace MaoTrade.Engine.Brokers;

/// <summary>What a broker can do, as far as the order path depends on it.</summary>
/// <param name="Dedupe">What the broker does with a deal reference it has seen before.</param>
/// <param name="LookUpLag">How long an accepted order may stay invisible to look-ups and history.</param>
/// <param name="ReferenceMaxLength">Longest deal reference, characters.</param>
/// <param name="CloseTakesReference">Whether a closing order carries our reference.</param>
/// <param name="PartialClose">Whether a position can be closed in parts.</param>
public sealed record BrokerCapabilities(
    ReferenceDedupe Dedupe, TimeSpan LookUpLag, int ReferenceMaxLength, bool CloseTakesReference, bool PartialClose)
{
    /// <summary>Lengths of the frames it sends, seconds; empty = any. Longer ones are put together from them.</summary>
    public IReadOnlyList<int> TimeFrames { get; init; } = [];

    /// <summary>Seconds of market time per second; null when the market waits for acknowledgements (lockstep).</summary>
    public double? MarketSecondsPerSecond { get; init; }
}
