using MaoTrade.Market.Csv;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Engine.Testing.Data;

/// <summary>
/// Reads the bars of a test. Rows that cannot be used are notes and do not stop the rest; what leaves no bars to test on
/// is a fault.
/// </summary>
public static class BacktestData
{
    private const int MostNotes = 20;

    /// <summary>The bars, or null with the faults in the list.</summary>
    public static BarSeries? Read(BacktestSource source, ICollection<string> faults, ICollection<string> notes)
    {
        try
        {
            var factors = source.Adjust is { } file ? ReadFactors(file, faults) : null;
            var found = new List<string>();
            var series = MetastockFolder.IsAt(source.Path) ? ReadMetastock(source, faults, found) : ReadCsv(source, faults, found);
            foreach (var note in found.Take(MostNotes))
            {
                notes.Add(note);
            }

            if (found.Count > MostNotes)
            {
                notes.Add($"{found.Count - MostNotes} more rows were left out");
            }

            return series is var (epic, bars, baseSeconds) && faults.Count == 0
                ? Cut(source, epic, factors is null ? bars : bars.ConvertAll(factors.Adjust), baseSeconds, faults)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"data: {exception.Message}");
            return null;
        }
    }

    private static PriceFactors ReadFactors(string file, ICollection<string> faults)
    {
        using var reader = new StreamReader(file);
        return PriceFactors.Read(reader, Path.GetFileName(file), faults);
    }

    private static (string Epic, List<QuotedFrame> Bars, int BaseSeconds)? ReadMetastock(
        BacktestSource source, ICollection<string> faults, List<string> notes)
    {
        var folder = MetastockFolder.Open(source.Path);
        var symbols = folder.Instruments.Where(entry => entry.DataFile is not null).ToArray();
        var chosen = source.Epic is null && symbols.Length == 1
            ? symbols[0]
            : symbols.FirstOrDefault(entry => string.Equals(entry.Symbol, source.Epic, StringComparison.OrdinalIgnoreCase));
        if (chosen is null)
        {
            faults.Add(
                $"epic: one of {string.Join(", ", symbols.Select(entry => entry.Symbol))} is expected, not '{source.Epic}'");
            return null;
        }

        if (chosen.TimeFrameSeconds is not { } seconds)
        {
            faults.Add($"epic: bars of period {chosen.Period} have no fixed length");
            return null;
        }

        var series = MetastockFolder.Read(chosen);
        notes.AddRange(series.Faults.Select(fault => $"{fault.File} row {fault.Row}: {fault.Message}"));
        return (chosen.Symbol, [.. series.Frames.Select(frame => new QuotedFrame(frame, null, null))], seconds);
    }

    private static (string Epic, List<QuotedFrame> Bars, int BaseSeconds)? ReadCsv(
        BacktestSource source, ICollection<string> faults, List<string> notes)
    {
        var name = Path.GetFileName(source.Path);
        using var reader = new StreamReader(source.Path);
        var bars = new List<QuotedFrame>();
        foreach (var row in CsvFrameReader.Read(reader))
        {
            if (row.Bar is { } bar)
            {
                bars.Add(bar);
            }
            else
            {
                notes.Add($"{name} line {row.Line}: {row.Error}");
            }
        }

        if (bars.Count == 0)
        {
            faults.Add($"data: {source.Path} holds no bars" + (notes.Count > 0 ? $"; {notes[0]}" : ""));
            return null;
        }

        return (source.Epic ?? Path.GetFileNameWithoutExtension(name).ToUpperInvariant(), bars, ShortestStep(bars));
    }

    private static BarSeries? Cut(
        BacktestSource source, string epic, List<QuotedFrame> bars, int baseSeconds, ICollection<string> faults)
    {
        var seconds = source.TimeFrameSeconds ?? baseSeconds;
        if (!FrameAggregator.Divides(baseSeconds, seconds))
        {
            faults.Add($"time-frame: a multiple of the data's {baseSeconds} s is expected, not {seconds}");
            return null;
        }

        var from = source.From?.ToUnixTimeSeconds() ?? long.MinValue;
        var to = source.To?.ToUnixTimeSeconds() ?? long.MaxValue;
        var within = bars.FindAll(bar => bar.Frame.UnixSeconds >= from && bar.Frame.UnixSeconds < to);
        if (within.Count == 0)
        {
            faults.Add($"from, to: no bar lies between them; the data has {bars.Count} from {Day(bars[0])} to {Day(bars[^1])}");
            return null;
        }

        return BarSeries.Of(epic, seconds, seconds == baseSeconds ? within : Longer(within, seconds));
    }

    private static List<QuotedFrame> Longer(List<QuotedFrame> bars, int seconds)
    {
        var longer = new List<QuotedFrame>();
        foreach (var bar in bars)
        {
            var start = FrameAggregator.StartOf(bar.Frame.UnixSeconds, seconds);
            if (longer.Count > 0 && longer[^1].Frame.UnixSeconds == start)
            {
                longer[^1] = FrameAggregator.Merge(longer[^1], bar);
            }
            else
            {
                longer.Add(bar with { Frame = bar.Frame with { UnixSeconds = start } });
            }
        }

        return longer;
    }

    /// <summary>The length of a bar is the shortest distance of two; of a single bar it is a day.</summary>
    private static int ShortestStep(List<QuotedFrame> bars)
    {
        var shortest = 86_400L;
        for (var i = 1; i < bars.Count; i++)
        {
            shortest = Math.Min(shortest, bars[i].Frame.UnixSeconds - bars[i - 1].Frame.UnixSeconds);
        }

        return (int)shortest;
    }

    private static string Day(QuotedFrame bar) =>
        DateTimeOffset.FromUnixTimeSeconds(bar.Frame.UnixSeconds).UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
