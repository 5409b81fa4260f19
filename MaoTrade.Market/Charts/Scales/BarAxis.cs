namespace MaoTrade.Market.Charts.Scales;

/// <summary>
/// Bars side by side: nights and week-ends without bars take no room. More bars than a chart has room for share columns, each of as many
/// bars, so that every column means the same length of time.
/// </summary>
public sealed class BarAxis
{
    private readonly IReadOnlyList<long> _frames;

    /// <summary>An axis.</summary>
    /// <param name="frames">Starts of the bars in the order of time, Unix seconds.</param>
    /// <param name="left">Pixel of the first bar's left edge.</param>
    /// <param name="width">Pixels of all.</param>
    public BarAxis(IReadOnlyList<long> frames, double left, double width)
    {
        (_frames, Left, Width) = (frames, left, width);
        Step = width / Math.Max(1, frames.Count);
    }

    public double Left { get; }

    public double Width { get; }

    public int Count => _frames.Count;

    /// <summary>Pixels of one bar.</summary>
    public double Step { get; }

    public long this[int bar] => _frames[bar];

    /// <summary>Pixel of the middle of a bar.</summary>
    public double X(double bar) => Left + ((bar + 0.5) * Step);

    /// <summary>The bar of a moment: the last one that begins at it or before; the first for earlier ones.</summary>
    public int At(long unixSeconds)
    {
        var (low, high) = (0, _frames.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _frames[middle] <= unixSeconds ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Bars of one column where each is to be some pixels wide at least.</summary>
    public int BarsPerColumn(double pixels) => Math.Max(1, (int)Math.Ceiling(pixels / Step));

    /// <summary>First bar and number of bars of each column.</summary>
    public IEnumerable<(int First, int Count)> Columns(int barsEach)
    {
        for (var first = 0; first < Count; first += barsEach)
        {
            yield return (first, Math.Min(barsEach, Count - first));
        }
    }

    /// <summary>Moments worth a line: where a minute, hour, day, month or year begins, as few as there is room for.</summary>
    public IReadOnlyList<(int Bar, string Text)> Ticks(double pixelsEach)
    {
        if (Count == 0)
        {
            return [];
        }

        var most = Math.Max(2, (int)(Width / pixelsEach));
        foreach (var unit in TimeUnit.All)
        {
            var ticks = Begins(unit);
            if (ticks.Count <= most)
            {
                return Apart(ticks.Count > 0 ? ticks : [(0, TimeUnit.Whole(_frames[0]))], pixelsEach);
            }
        }

        return [(0, TimeUnit.Whole(_frames[0]))];
    }

    private List<(int Bar, string Text)> Begins(TimeUnit unit)
    {
        var ticks = new List<(int, string)>();
        for (var bar = 1; bar < Count; bar++)
        {
            if (unit.Of(_frames[bar]) != unit.Of(_frames[bar - 1]))
            {
                ticks.Add((bar, unit.Text(_frames[bar], ticks.Count == 0 ? null : _frames[ticks[^1].Item1])));
            }
        }

        return ticks;
    }

    /// <summary>Without those that come too close to the one before, as after a gap.</summary>
    private List<(int Bar, string Text)> Apart(List<(int Bar, string Text)> ticks, double pixels)
    {
        var last = double.NegativeInfinity;
        return ticks.FindAll(tick =>
        {
            var isFar = X(tick.Bar) - last >= pixels * 0.6;
            last = isFar ? X(tick.Bar) : last;
            return isFar;
        });
    }
}
