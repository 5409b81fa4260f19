namespace MaoTrade.Tests.Market.Features;

/// <summary>A made-up market: a walk with calm, wild and flat stretches and hours without volume.</summary>
internal sealed record BarSeries(double[] High, double[] Low, double[] Close, double[] Volume)
{
    public int Length => Close.Length;

    public static BarSeries Walk(int length, int seed)
    {
        var random = new Random(seed);
        var series = new BarSeries(new double[length], new double[length], new double[length], new double[length]);
        var price = 100d;
        for (var i = 0; i < length; i++)
        {
            var step = (i / 60 % 4) switch { 0 => 0.1, 1 => 2d, 2 => 0.5, _ => 0d };
            price = Math.Max(1, price + (step * (random.NextDouble() - 0.5)));
            series.Close[i] = price;
            series.High[i] = price + (step * random.NextDouble());
            series.Low[i] = price - (step * random.NextDouble());
            series.Volume[i] = i % 97 < 24 ? 0 : random.Next(1, 10_000) / 8d;
        }

        return series;
    }

    public BarSeries Cut(int length) => new(High[..length], Low[..length], Close[..length], Volume[..length]);
}
