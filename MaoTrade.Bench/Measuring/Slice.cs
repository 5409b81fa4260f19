using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Measuring;

/// <summary>What one side did in one uninterrupted piece of time.</summary>
/// <param name="Amount">Requests answered, or bytes received.</param>
/// <param name="Elapsed">The time it took.</param>
/// <param name="ServerCpu">Processor time the side's server processes used meanwhile.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slice(long Amount, TimeSpan Elapsed, TimeSpan ServerCpu)
{
    public double PerSecond => Amount / Elapsed.TotalSeconds;

    public static Slice operator +(Slice one, Slice other) =>
        new(one.Amount + other.Amount, one.Elapsed + other.Elapsed, one.ServerCpu + other.ServerCpu);
}
