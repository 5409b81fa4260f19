using MaoTrade.Market.Csv;
using MaoTrade.Market.Indicators;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>Bars as columns.</summary>
internal sealed record BarSeries(double[] High, double[] Low, double[] Close, double[] Volume)
{
    public int Length => Close.Length;

    public Bar this[int i] => new(High[i], Low[i], Close[i], Volume[i]);

    /// <summary>A made-up market: a walk with calm and wild stretches and hours without volume.</summary>
    /// <param name="length">How many bars.</param>
    /// <param name="seed">Which market.</param>
    /// <param name="withFlats">Whether in every fourth stretch nothing moves at all.</param>
    public static BarSeries Walk(int length, int seed, bool withFlats = true)
    {
        var random = new Random(seed);
        var series = new BarSeries(new double[length], new double[length], new double[length], new double[length]);
        var price = 100d;
        for (var i = 0; i < length; i++)
        {
            var step = (i / 60 % 4) switch { 0 => 0.1, 1 => 2d, 2 => 0.5, _ => withFlats ? 0d : 0.01 };
            price = Math.Max(1, price + (step * (random.NextDouble() - 0.5)));
            series.Close[i] = price;
            series.High[i] = price + (step * random.NextDouble());
            series.Low[i] = price - (step * random.NextDouble());
            series.Volume[i] = i % 97 < 24 ? 0 : random.Next(1, 10_000) / 8d;
        }

        return series;
    }

    /// <summary>The first bars of a file of real rates.</summary>
    public static BarSeries Real(string file, int most)
    {
        using var reader = new StreamReader(Path.Combine(Repository.MarketData!, "fx", file));
        var bars = CsvFrameReader.Read(reader).Where(row => row.Bar is not null).Take(most).Select(row => Bar.Of(row.Bar!.Value.Frame)).ToArray();
        return new BarSeries(
            [.. bars.Select(bar => bar.High)], [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)], [.. bars.Select(bar => bar.Volume)]);
    }

    public BarSeries Cut(int length) => new(High[..length], Low[..length], Close[..length], Volume[..length]);

    public Bar[] Bars() => [.. Enumerable.Range(0, Length).Select(i => this[i])];
}
