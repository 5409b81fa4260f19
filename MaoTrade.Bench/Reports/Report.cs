using System.Text;
using MaoTrade.Bench.Measuring;

namespace MaoTrade.Bench.Reports;

/// <summary>What a benchmark prints: notes, one table, and how many figures it missed.</summary>
internal sealed class Report(params string[] columns)
{
    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>Figures that were not reached.</summary>
    public int Missed { get; private set; }

    /// <summary>The columns of a comparison of two sides.</summary>
    public static Report OfDuels(string unit) => new(
        "case", "side", $"{unit}, median (min–max)", "CPU µs", "ratio, median (min–max)", "figure", "");

    public void Note(string text) => _notes.Add(text);

    public void Row(Figure? figure, params string[] cells)
    {
        _rows.Add([.. cells, .. Verdict(figure)]);
        Missed += figure is { IsReached: false } ? 1 : 0;
    }

    /// <summary>Two lines: each side, and the ratio on the first.</summary>
    public void Duel(string name, Duel duel, double? figure, string format = "N0", double unit = 1, bool showsCpu = true)
    {
        var a = new Series([duel.RateA.Min / unit, duel.RateA.Median / unit, duel.RateA.Max / unit]);
        var b = new Series([duel.RateB.Min / unit, duel.RateB.Median / unit, duel.RateB.Max / unit]);
        var ratio = duel.Ratio;
        Row(
            figure is { } limit ? Figure.AtLeast(limit, ratio.Median) : null,
            name, duel.A.Name, a.Format(format), showsCpu ? duel.CpuMicrosecondsA.ToString("F1") : "", ratio.Format("F2"));
        Row(null, "", duel.B.Name, b.Format(format), showsCpu ? duel.CpuMicrosecondsB.ToString("F1") : "", "");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var note in _notes)
        {
            text.Append("   ").AppendLine(note);
        }

        var widths = columns.Select((column, index) => _rows.Select(row => row[index].Length).Append(column.Length).Max()).ToArray();
        Append(text, columns, widths);
        Append(text, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in _rows)
        {
            Append(text, row, widths);
        }

        return text.ToString().TrimEnd();
    }

    private static string[] Verdict(Figure? figure) =>
        figure is { } wanted ? [wanted.Text, wanted.IsReached ? "reached" : "MISSED"] : ["", ""];

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        var line = string.Join("  ", cells.Select((cell, index) => cell.PadRight(widths[index])));
        text.Append("   ").AppendLine(line.TrimEnd());
    }
}
