using System.Runtime.InteropServices;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Indicators;

/// <summary>A closed candle in the numbers indicators work with.</summary>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded volume; 0 where the source has none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bar(double High, double Low, double Close, double Volume)
{
    /// <summary>The same candle, each number as near as a double gets.</summary>
    public static Bar Of(in Frame frame) => new((double)frame.High, (double)frame.Low, (double)frame.Close, (double)frame.Volume);
}
