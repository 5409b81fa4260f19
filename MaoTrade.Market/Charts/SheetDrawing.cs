using System.Globalization;
using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts;

/// <summary>Lays a sheet out: with title and figures as a file of its own, or its charts alone for a page that has both in text.</summary>
public sealed class SheetDrawing
{
    private const int Width = 1_160;
    private const int Left = 6;
    private const int Right = 78;
    private const int Border = 20;
    private const int PanelHead = 30;
    private const int PanelGap = 16;
    private const int AxisHeight = 28;
    private const int FigureWidth = 140;
    private const int FigureHeight = 48;
    private const int NothingHeight = 80;
    private const double PixelsPerTime = 86;
    private const double PixelsPerHint = 2.6;
    private const int DaySeconds = 86_400;

    private readonly ChartSheet _sheet;
    private readonly Drawing _drawing;
    private readonly BarAxis _axis;

    private SheetDrawing(ChartSheet sheet, int border, int head)
    {
        _sheet = sheet;
        var height = sheet.Frames.Count == 0
            ? NothingHeight
            : sheet.Panels.Sum(panel => PanelHead + panel.Height + PanelGap) - PanelGap + AxisHeight;
        _drawing = new Drawing($"{sheet.Title}, {sheet.Subtitle}", Width + (2 * border), head + height + (2 * border));
        _axis = new BarAxis(sheet.Frames, border + Left, Width - Left - Right);
    }

    /// <summary>Everything.</summary>
    public static Drawing Whole(ChartSheet sheet)
    {
        var perRow = Width / FigureWidth;
        var rows = (sheet.Figures.Count + perRow - 1) / perRow;
        var head = 64 + (rows * FigureHeight);
        var layout = new SheetDrawing(sheet, Border, head);
        layout._drawing.Add(new Label(Ink.Text, new Spot(Border, Border + 20), sheet.Title, 22, IsBold: true));
        layout._drawing.Add(new Label(Ink.Soft, new Spot(Border, Border + 42), sheet.Subtitle, 13));
        for (var i = 0; i < sheet.Figures.Count; i++)
        {
            layout.AddFigure(sheet.Figures[i], Border + (i % perRow * FigureWidth), Border + 74 + (i / perRow * FigureHeight));
        }

        layout.AddPanels(Border + head);
        return layout._drawing;
    }

    /// <summary>The charts alone.</summary>
    public static Drawing Charts(ChartSheet sheet)
    {
        var layout = new SheetDrawing(sheet, 0, 0);
        layout.AddPanels(0);
        return layout._drawing;
    }

    private void AddFigure(SheetFigure figure, double x, double y)
    {
        _drawing.Add(new Label(Ink.Soft, new Spot(x, y), figure.Name, 11));
        var ink = figure.Mood switch { > 0 => Ink.Up, < 0 => Ink.Down, _ => Ink.Text };
        _drawing.Add(new Label(ink, new Spot(x, y + 19), figure.Value, 16, IsBold: true));
    }

    private void AddPanels(double top)
    {
        if (_sheet.Frames.Count == 0)
        {
            _drawing.Add(new Label(Ink.Soft, new Spot(_axis.Left, top + (NothingHeight / 2)), _sheet.Nothing, 14));
            return;
        }

        var ticks = _axis.Ticks(PixelsPerTime);
        var scales = new List<(Panel Panel, ValueScale Scale)>();
        var y = top;
        foreach (var panel in _sheet.Panels)
        {
            var scale = ScaleOf(panel, y + PanelHead);
            scales.Add((panel, scale));
            AddPanel(panel, scale, ticks, y);
            y += PanelHead + panel.Height + PanelGap;
        }

        var bottom = y - PanelGap;
        foreach (var (bar, text) in ticks)
        {
            _drawing.Add(new Label(Ink.Soft, new Spot(_axis.X(bar), bottom + 18), text, Anchor: Anchor.Middle));
        }

        AddHints(scales, top + PanelHead, bottom);
    }

    private static ValueScale ScaleOf(Panel panel, double top)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var layer in panel.Layers)
        {
            var range = layer.Range;
            (low, high) = (Math.Min(low, range.Low), Math.Max(high, range.High));
        }

        return new ValueScale(low, high, top, panel.Height);
    }

    private void AddPanel(Panel panel, ValueScale scale, IReadOnlyList<(int Bar, string Text)> ticks, double y)
    {
        var (top, right) = (y + PanelHead, _axis.Left + _axis.Width);
        var bottom = top + panel.Height;
        foreach (var (bar, _) in ticks)
        {
            _drawing.Add(new Stroke(Ink.Grid, [new(_axis.X(bar), top), new(_axis.X(bar), bottom)]));
        }

        foreach (var value in scale.Ticks())
        {
            _drawing.Add(new Stroke(Ink.Grid, [new(_axis.Left, scale.Y(value)), new(right, scale.Y(value))]));
            _drawing.Add(new Label(Ink.Soft, new Spot(right + 8, scale.Y(value) + 4), panel.IsRatio ? scale.Percent(value) : scale.Text(value)));
        }

        foreach (var layer in panel.Layers)
        {
            layer.Draw(_drawing, _axis, scale);
        }

        _drawing.Add(new Stroke(Ink.Soft, [new(_axis.Left, bottom), new(right, bottom)]));
        AddLegend(panel, y + 18);
    }

    private void AddLegend(Panel panel, double y)
    {
        _drawing.Add(new Label(Ink.Text, new Spot(_axis.Left, y), panel.Name, 13, IsBold: true));
        var x = _axis.Left + (panel.Name.Length * 8) + 24;
        foreach (var layer in panel.Layers.Where(layer => layer.Name.Length > 0 && !layer.Name.Equals(panel.Name, StringComparison.OrdinalIgnoreCase)))
        {
            var (ink, dash) = layer.Sample;
            _drawing.Add(new Stroke(ink, [new(x, y - 4), new(x + 20, y - 4)], 2, dash));
            _drawing.Add(new Label(Ink.Soft, new Spot(x + 26, y), layer.Name));
            x += 26 + (layer.Name.Length * 7) + 20;
        }
    }

    /// <summary>One for each few pixels: the time, and what every layer says of the bars there.</summary>
    private void AddHints(List<(Panel Panel, ValueScale Scale)> panels, double top, double bottom)
    {
        var each = _axis.BarsPerColumn(PixelsPerHint);
        foreach (var (first, count) in _axis.Columns(each))
        {
            var said = panels.SelectMany(panel => panel.Panel.Layers.Select(layer => layer.Tell(first, count, panel.Scale))).OfType<string>();
            var time = count == 1 ? Time(_axis[first]) : $"{Time(_axis[first])} to {Time(_axis[first + count - 1])}";
            _drawing.Add(new Hint(
                _axis.X(first) - (_axis.Step / 2), top, _axis.Step * count, bottom - top, string.Join(" · ", said.Prepend(time))));
        }
    }

    private string Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString(
        _sheet.TimeFrameSeconds >= DaySeconds ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
