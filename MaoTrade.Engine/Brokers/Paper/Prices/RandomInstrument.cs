using System.Numerics;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Prices;

/// <summary>
/// A random market without memory: the price at a step is a sum of value noise, one octave per doubling of the period, with
/// amplitudes growing by √2 as those of a random walk do. It is a pure function of (seed, epic, step): the number of a bar is
/// the whole state of the generator, every bar can be had again, also those before the first one, and prices stay in their
/// range for ever. Only additions and multiplications are used, so every machine computes the same bits.
/// </summary>
internal sealed class RandomInstrument(long seed, RandomProfile profile, long firstUnixSeconds) : PaperInstrument
{
    private const int StepsPerBar = 8;
    private const int Octaves = 21;

    private static readonly double[] Amplitudes = MakeAmplitudes();

    private readonly ulong _key = Mix((ulong)seed ^ HashOf(profile.Epic));

    public override long First => FrameAggregator.StartOf(firstUnixSeconds + BaseSeconds - 1, BaseSeconds);

    protected override bool TryBar(long from, out QuotedFrame bar)
    {
        bar = BarAt(FrameAggregator.StartOf(from + BaseSeconds - 1, BaseSeconds) / BaseSeconds);
        return true;
    }

    protected override bool TryBarBefore(long before, out QuotedFrame bar)
    {
        var start = FrameAggregator.StartOf(before - 1, BaseSeconds);
        bar = start <= 0 ? default : BarAt(start / BaseSeconds);
        return start > 0;
    }

    private QuotedFrame BarAt(long number)
    {
        var step = number * StepsPerBar;
        decimal open = PriceAt(step), high = open, low = open, close = open;
        for (var i = 1; i <= StepsPerBar; i++)
        {
            close = PriceAt(step + i);
            high = Math.Max(high, close);
            low = Math.Min(low, close);
        }

        var volume = 100 + (long)(Mix(_key + (ulong)number) % 900);
        return new QuotedFrame(new Frame(number * BaseSeconds, open, high, low, close, volume), null, null);
    }

    private decimal PriceAt(long step)
    {
        double sum = 0;
        for (var octave = 0; octave < Octaves; octave++)
        {
            var cell = step >> octave;
            var share = (step & ((1L << octave) - 1)) / (double)(1L << octave);
            var left = Noise(octave, cell);
            sum += Amplitudes[octave] * (left + (share * (Noise(octave, cell + 1) - left)));
        }

        return decimal.Round((decimal)(profile.Price * (1 + (profile.Volatility * sum))), profile.Decimals);
    }

    /// <summary>A number in [-1, 1) for a corner of the noise.</summary>
    private double Noise(int octave, long cell)
    {
        var bits = Mix(_key + ((ulong)cell * 0x9E37_79B9_7F4A_7C15) + ((ulong)octave << 56));
        return ((long)bits >> 11) * (1.0 / (1L << 52));
    }

    private static double[] MakeAmplitudes()
    {
        var amplitudes = new double[Octaves];
        double even = 1, odd = 1.4142135623730951;
        for (var i = 0; i < Octaves; i++)
        {
            amplitudes[i] = i % 2 == 0 ? even : odd;
            (even, odd) = i % 2 == 0 ? (even * 2, odd) : (even, odd * 2);
        }

        return amplitudes;
    }

    private static ulong HashOf(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return BitOperations.RotateLeft(z ^ (z >> 31), 17);
    }
}
