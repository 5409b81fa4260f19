namespace MaoTrade.Bench.Measuring;

/// <summary>
/// Two sides measured in rounds of A-B-B-A: what drifts evenly meets both alike, and each round has a ratio of its own.
/// </summary>
internal sealed class Duel
{
    private readonly List<(Slice A, Slice B)> _rounds = [];

    private Duel(Side a, Side b) => (A, B) = (a, b);

    public Side A { get; }

    public Side B { get; }

    /// <summary>Amount per second of the first side.</summary>
    public Series RateA => new(_rounds.Select(round => round.A.PerSecond));

    public Series RateB => new(_rounds.Select(round => round.B.PerSecond));

    /// <summary>First side's rate over the second's, round by round.</summary>
    public Series Ratio => new(_rounds.Select(round => round.A.PerSecond / round.B.PerSecond));

    /// <summary>Processor time of the first side's servers per request, microseconds, over all rounds.</summary>
    public double CpuMicrosecondsA => PerUnit(_rounds.Select(round => round.A));

    public double CpuMicrosecondsB => PerUnit(_rounds.Select(round => round.B));

    /// <summary>Runs both sides unmeasured, then the rounds.</summary>
    public static Duel Run(Side a, Side b, int rounds, TimeSpan slice, TimeSpan warmUp)
    {
        var duel = new Duel(a, b);
        a.Run(warmUp);
        b.Run(warmUp);
        for (var i = 0; i < rounds; i++)
        {
            var first = a.Run(slice);
            var second = b.Run(slice) + b.Run(slice);
            duel._rounds.Add((first + a.Run(slice), second));
        }

        return duel;
    }

    private static double PerUnit(IEnumerable<Slice> slices)
    {
        var sum = slices.Aggregate((one, other) => one + other);
        return sum.ServerCpu.TotalMicroseconds / sum.Amount;
    }
}
