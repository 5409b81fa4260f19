using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Tests.Market.Metastock;

/// <summary>Series to write, of every kind the format has.</summary>
internal static class MetastockSamples
{
    public const MetastockFields Four = MetastockFields.Date | MetastockFields.High | MetastockFields.Low | MetastockFields.Close;
    public const MetastockFields Five = Four | MetastockFields.Volume;
    public const MetastockFields Six = Five | MetastockFields.Open;
    public const MetastockFields SevenDaily = Six | MetastockFields.OpenInterest;
    public const MetastockFields SevenIntraday = Six | MetastockFields.Time;
    public const MetastockFields Eight = SevenIntraday | MetastockFields.OpenInterest;

    private static readonly (MetastockFields Fields, char Period)[] Kinds =
    [
        (Four, 'D'), (Five, 'W'), (Six, 'M'), (SevenDaily, 'D'), (SevenDaily, 'Q'), (SevenIntraday, 'I'), (Eight, 'I'),
    ];

    /// <summary>Folders of a few series whose prices have 7 digits at most.</summary>
    public static Arbitrary<MetastockSeries[]> Folders => Gen.ArrayOf(Series())
        .Where(all => all.Length > 0)
        .Select(all => all.DistinctBy(one => one.Instrument.FileNumber).OrderBy(one => one.Instrument.FileNumber).ToArray())
        .ToArbitrary();

    public static MetastockInstrument Instrument(int number, MetastockFields fields = SevenDaily, char period = 'D', string symbol = "AAA") =>
        new(number, symbol, $"{symbol} and Company", period, period == 'I' ? 5 : 0, fields, null, null, null);

    public static MetastockSeries Days(int number, int count, MetastockFields fields = SevenDaily) => new(
        Instrument(number, fields),
        [.. Enumerable.Range(0, count).Select(day => new Frame(day * 86_400L, 10 + (day % 7), 20, 5, 10 + (day % 5), day))], []);

    private static Gen<MetastockSeries> Series() =>
        from number in Gen.OneOf(Gen.Choose(1, 255), Gen.Choose(256, 2_000))
        from kind in Gen.Elements(Kinds)
        from minutes in Gen.Choose(1, 60)
        from symbol in Gen.Elements("A", "ABB.VX", "FOURTEEN CHARS", "Zürich")
        from name in Gen.Elements("", "Short", "Sixteen and more characters", "Name of forty-five characters, as many as fit")
        from start in Gen.Choose(0, 20_000)
        from frames in Gen.ListOf(Bar(kind.Fields))
        from interests in Gen.Choose(0, 16_777_216).ListOf(frames.Count)
        select Of(new MetastockInstrument(number, symbol, name, kind.Period, minutes, kind.Fields, null, null, null), start, frames, interests);

    private static MetastockSeries Of(MetastockInstrument instrument, int firstDay, IEnumerable<(int Gap, Frame Frame)> bars, IEnumerable<int> interests)
    {
        var step = instrument.Fields.HasFlag(MetastockFields.Time) ? 61 : 86_400;
        var at = (firstDay - 10_000) * 86_400L;
        var frames = bars.Select(bar => bar.Frame with { UnixSeconds = at += bar.Gap * step }).ToList();
        return new MetastockSeries(instrument, frames, [])
        {
            OpenInterest = instrument.Fields.HasFlag(MetastockFields.OpenInterest) ? [.. interests.Select(one => (decimal)one)] : [],
        };
    }

    private static Gen<(int Gap, Frame Frame)> Bar(MetastockFields fields) =>
        from gap in Gen.Choose(1, 500)
        from scale in Gen.Choose(0, 9)
        from prices in Gen.Choose(1, 8_388_607).Select(digits => digits / (decimal)Math.Pow(10, scale)).ArrayOf(4)
        from volume in Gen.Choose(0, 16_777_216)
        let close = prices[3]
        let open = fields.HasFlag(MetastockFields.Open) ? prices[0] : close
        select (gap, new Frame(
            0, open, Math.Max(Math.Max(prices[1], prices[2]), Math.Max(open, close)), Math.Min(Math.Min(prices[1], prices[2]), Math.Min(open, close)),
            close, fields.HasFlag(MetastockFields.Volume) ? volume : 0));
}
