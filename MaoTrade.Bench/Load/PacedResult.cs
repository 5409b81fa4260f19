namespace MaoTrade.Bench.Load;

/// <summary>What requests got whose time was taken one by one.</summary>
/// <param name="Milliseconds">Each answer's time, ascending.</param>
/// <param name="Failures">Answers other than 200, and requests that got none.</param>
internal sealed record PacedResult(IReadOnlyList<double> Milliseconds, long Failures)
{
    /// <summary>The time that so large a part of the answers did not exceed.</summary>
    public double Percentile(double part) => Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(part * Milliseconds.Count))];

    /// <summary>Both together.</summary>
    public PacedResult With(PacedResult other) => new([.. Milliseconds.Concat(other.Milliseconds).Order()], Failures + other.Failures);
}
