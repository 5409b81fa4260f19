using MaoTrade.Market.Charts.Layers;

namespace MaoTrade.Market.Charts;

/// <summary>One of the charts of a sheet, with a scale of its own.</summary>
/// <param name="Name">Its title.</param>
/// <param name="Height">Pixels of its plot.</param>
/// <param name="Layers">What it shows, in the order it is drawn.</param>
public sealed record Panel(string Name, int Height, IReadOnlyList<Layer> Layers)
{
    /// <summary>Its values are ratios: the scale tells them as per cent.</summary>
    public bool IsRatio { get; init; }
}
