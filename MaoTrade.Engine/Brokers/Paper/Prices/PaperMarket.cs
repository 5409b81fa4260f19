using System.Collections.Frozen;
using MaoTrade.Market.Csv;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Engine.Brokers.Paper.Prices;

/// <summary>All instruments of the paper broker.</summary>
internal sealed class PaperMarket
{
    public const int MaxInstruments = 2_500;
    public const int MaxBarsPerInstrument = 5_000_000;

    private readonly FrozenDictionary<string, PaperInstrument> _instruments;

    private PaperMarket(IEnumerable<PaperInstrument> instruments, IReadOnlyList<string> warnings)
    {
        _instruments = instruments.DistinctBy(i => i.Epic).Take(MaxInstruments).ToFrozenDictionary(i => i.Epic);
        Warnings = warnings;
    }

    public IReadOnlyCollection<string> Epics => _instruments.Keys;

    /// <summary>What was left out of the data and why.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Start of the earliest bar of all.</summary>
    public long First => _instruments.Values.Min(i => i.First);

    public PaperInstrument? Find(string epic) => _instruments.GetValueOrDefault(epic);

    public static PaperMarket Random(IReadOnlyList<string> epics, long seed, int baseSeconds, long firstUnixSeconds)
    {
        var profiles = epics.Count == 0 ? RandomProfile.Defaults : [.. epics.Select(RandomProfile.Of)];
        return new PaperMarket(
            profiles.Select(profile => new RandomInstrument(seed, profile, firstUnixSeconds)
            {
                Epic = profile.Epic,
                BaseSeconds = baseSeconds,
                Spread = profile.Spread,
            }),
            []);
    }

    /// <summary>Recorded data: a Metastock folder or a CSV file. No usable data is an <see cref="InvalidDataException"/>.</summary>
    public static PaperMarket Replay(string path, IReadOnlyList<string> epics)
    {
        var warnings = new List<string>();
        var market = new PaperMarket(
            MetastockFolder.IsAt(path) ? FromMetastock(path, epics, warnings) : FromCsv(path, epics, warnings), warnings);
        return market._instruments.Count > 0
            ? market
            : throw new InvalidDataException($"{path} holds no prices" + (warnings.Count > 0 ? $": {warnings[0]}" : ""));
    }

    private static List<PaperInstrument> FromMetastock(string path, IReadOnlyList<string> epics, List<string> warnings)
    {
        var instruments = new List<PaperInstrument>();
        foreach (var entry in MetastockFolder.Open(path).Instruments)
        {
            if (entry.DataFile is null || (epics.Count > 0 && !epics.Contains(entry.Symbol)))
            {
                continue;
            }

            if (entry.TimeFrameSeconds is not { } seconds)
            {
                warnings.Add($"{entry.Symbol}: bars of period {entry.Period} have no fixed length");
                continue;
            }

            var series = MetastockFolder.Read(entry);
            warnings.AddRange(series.Faults.Select(fault => $"{entry.Symbol}: {fault.File} row {fault.Row}: {fault.Message}"));
            if (series.Frames.Count > 0)
            {
                instruments.Add(new ReplayInstrument([.. series.Frames], [])
                {
                    Epic = entry.Symbol,
                    BaseSeconds = seconds,
                });
            }
        }

        warnings.AddRange(epics.Where(epic => instruments.TrueForAll(i => i.Epic != epic)).Select(epic => $"{epic}: no data"));
        return instruments;
    }

    private static List<PaperInstrument> FromCsv(string path, IReadOnlyList<string> epics, List<string> warnings)
    {
        using var reader = new StreamReader(path);
        var bars = new List<QuotedFrame>();
        foreach (var row in CsvFrameReader.Read(reader).Take(MaxBarsPerInstrument))
        {
            if (row.Bar is { } bar)
            {
                bars.Add(bar);
            }
            else
            {
                warnings.Add($"line {row.Line}: {row.Error}");
            }
        }

        if (bars.Count == 0)
        {
            return [];
        }

        var epic = epics.Count > 0 ? epics[0] : Path.GetFileNameWithoutExtension(path).ToUpperInvariant();
        var sides = bars.TrueForAll(bar => bar.Bid is not null)
            ? bars.ConvertAll(bar => (bar.Bid.GetValueOrDefault(), bar.Ask.GetValueOrDefault()))
            : [];
        return
        [
            new ReplayInstrument([.. bars.Select(bar => bar.Frame)], [.. sides]) { Epic = epic, BaseSeconds = ShortestStep(bars) },
        ];
    }

    /// <summary>The length of a bar is the shortest distance of two; of a single bar it is a day.</summary>
    private static int ShortestStep(List<QuotedFrame> bars)
    {
        var shortest = long.MaxValue;
        for (var i = 1; i < bars.Count; i++)
        {
            shortest = Math.Min(shortest, bars[i].Frame.UnixSeconds - bars[i - 1].Frame.UnixSeconds);
        }

        return (int)Math.Min(shortest, 86_400);
    }
}
