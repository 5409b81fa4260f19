using System.Globalization;
using System.Text;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>
/// A chart in SVG, 1,000 units wide: bars side by side without gaps, values bottom up. More bars than
/// <see cref="Columns"/> share columns.
/// </summary>
internal sealed class ChartArea
{
    /// <summary>Columns a chart is drawn with at most: about one for each pixel.</summary>
    public const int Columns = 900;

    private const int Width = 1_000;
    private const int Right = 70;
    private const int Bottom = 22;

    private readonly StringBuilder _svg = new();
    private readonly int _bars;
    private readonly int _height;
    private readonly double _low;
    private readonly double _high;

    public ChartArea(string name, int bars, int height, double low, double high)
    {
        (_bars, _height) = (bars, height);
        var margin = high > low ? (high - low) * 0.04 : Math.Max(1, Math.Abs(high) * 0.01);
        (_low, _high) = (low - margin, high + margin);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height + Bottom}\" role=\"img\" aria-label=\"{name}\">");
    }

    /// <summary>Width of one bar.</summary>
    public double Step => (double)(Width - Right) / _bars;

    public double X(double bar) => (bar + 0.5) * Step;

    public double Y(double value) => (_high - value) / (_high - _low) * _height;

    /// <summary>Lines across with the value at their end.</summary>
    public ChartArea Values(Func<double, string> text)
    {
        var step = Round((_high - _low) / 4);
        for (var value = Math.Ceiling(_low / step) * step; value < _high; value += step)
        {
            Add($"<line class=\"grid\" x1=\"0\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>");
            Add($"<text x=\"{Width - Right + 8}\" y=\"{Y(value) + 4:0.#}\">{text(value)}</text>");
        }

        return this;
    }

    /// <summary>Dates below.</summary>
    public ChartArea Times(Func<int, string> text)
    {
        const int Labels = 6;
        for (var i = 0; i < Math.Min(Labels, _bars); i++)
        {
            var bar = (int)((i + 0.5) * _bars / Math.Min(Labels, _bars));
            Add($"<text class=\"time\" x=\"{X(bar):0.#}\" y=\"{_height + 16}\">{text(bar)}</text>");
        }

        return this;
    }

    /// <summary>A line through points of bar and value.</summary>
    public ChartArea Line(string style, IEnumerable<(double Bar, double Value)> points)
    {
        Add($"<polyline class=\"{style}\" points=\"{Points(points)}\"/>");
        return this;
    }

    /// <summary>The area between points and a value.</summary>
    public ChartArea Area(string style, IEnumerable<(double Bar, double Value)> points, double floor)
    {
        Add($"<polygon class=\"{style}\" points=\"{X(0):0.#},{Y(floor):0.#} {Points(points)} {X(_bars - 1):0.#},{Y(floor):0.#}\"/>");
        return this;
    }

    /// <summary>Any other element, its numbers in invariant form.</summary>
    public void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _svg + "</svg>";

    private string Points(IEnumerable<(double Bar, double Value)> points) => string.Join(
        ' ', points.Select(point => FormattableString.Invariant($"{X(point.Bar):0.#},{Y(point.Value):0.#}")));

    /// <summary>The next 1, 2 or 5 times a power of ten.</summary>
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
