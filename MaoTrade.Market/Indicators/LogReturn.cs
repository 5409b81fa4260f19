using System.Runtime.CompilerServices;

namespace MaoTrade.Market.Indicators;

/// <summary>
/// Natural logarithm of value / value before. Defined from the second value on; not finite where one of both is 0, NaN where
/// they have different signs. The value before alone decides it. Small changes are worked out by the series of the inverse
/// hyperbolic tangent, ln(a / b) = 2 · artanh((a − b) / (a + b)), which keeps the digits that a / b near 1 loses.
/// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 4.1.27.
/// </summary>
public sealed class LogReturn : IValueIndicator
{
    /// <summary>Five terms of the series are exact to the last bits below it; a change of about 4 %.</summary>
    private const double MostForSeries = 0.02;

    private double _previous = double.NaN;

    public bool IsReady { get; private set; }

    public double Value { get; private set; } = double.NaN;

    public void Add(double value)
    {
        IsReady = !double.IsNaN(_previous);
        Value = Of(value, _previous);
        _previous = value;
    }

    /// <summary>The same of two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Of(double value, double previous)
    {
        var share = (value - previous) / (value + previous);
        if (!(Math.Abs(share) <= MostForSeries))
        {
            return Math.Log(value / previous);
        }

        var square = share * share;
        return 2 * share * (1 + (square * ((1d / 3) + (square * ((1d / 5) + (square * ((1d / 7) + (square * (1d / 9)))))))));
    }
}
