using System.Globalization;

namespace MaoTrade.Market.Charts.Scales;

/// <summary>Values on the height of a panel, bottom up.</summary>
public sealed class ValueScale
{
    private const double Margin = 0.05;
    private const double PixelsPerTick = 30;

    /// <summary>Around a line that never leaves 0.</summary>
    private const double RoomOfNothing = 0.01;

    private readonly double _low;
    private readonly double _high;
    private readonly double _top;
    private readonly double _height;

    /// <summary>A scale that holds all values of a range with some room, or from a fixed floor or to a fixed ceiling where the range touches 0.</summary>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value.</param>
    /// <param name="top">Pixel of the highest.</param>
    /// <param name="height">Pixels in all.</param>
    public ValueScale(double low, double high, double top, double height)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            (low, high) = (0, 1);
        }

        var room = high > low ? (high - low) * Margin : high == 0 ? RoomOfNothing : Math.Abs(high) * 0.01;
        _low = low == 0 && high > 0 ? 0 : low - room;
        _high = high == 0 && low < 0 ? 0 : high + room;
        (_top, _height) = (top, height);
        Step = Round((_high - _low) / Math.Max(2, height / PixelsPerTick));
    }

    /// <summary>Distance of two ticks: 1, 2 or 5 times a power of ten.</summary>
    public double Step { get; }

    /// <summary>Pixel of a value; values outside lie on the edge.</summary>
    public double Y(double value) => _top + ((_high - Math.Clamp(value, _low, _high)) / (_high - _low) * _height);

    /// <summary>Values with a line across.</summary>
    public IEnumerable<double> Ticks()
    {
        var first = Math.Ceiling(_low / Step);
        for (var i = 0; (first + i) * Step <= _high; i++)
        {
            yield return (first + i) * Step;
        }
    }

    /// <summary>A value with as many decimals as ticks need.</summary>
    public string Text(double value) => WithDecimals(value, Step);

    /// <summary>A ratio as per cent, with as many decimals as ticks need.</summary>
    public string Percent(double ratio) => WithDecimals(ratio * 100, Step * 100) + " %";

    private static string WithDecimals(double value, double step)
    {
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 10);
        var text = value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text.TrimStart('-') : text;
    }

    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
    }
}
