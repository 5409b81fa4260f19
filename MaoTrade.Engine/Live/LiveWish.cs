using System.Collections.Immutable;

namespace MaoTrade.Engine.Live;

/// <summary>What a subscriber asks for.</summary>
/// <param name="Channels">The channels, each once.</param>
/// <param name="From">By channel the last number it has; without one it begins with a snapshot.</param>
public sealed record LiveWish(ImmutableArray<LiveChannel> Channels, ImmutableDictionary<LiveChannel, long> From);
