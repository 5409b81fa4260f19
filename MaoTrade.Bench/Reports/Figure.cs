using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Reports;

/// <summary>A figure to reach, and what was measured.</summary>
/// <param name="Text">The figure as people write it.</param>
/// <param name="IsReached">Whether the median reaches it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figure(string Text, bool IsReached)
{
    public static Figure AtLeast(double limit, double measured) => new($">= {limit:0.0#}", measured >= limit);

    public static Figure AtMost(double limit, double measured, string unit) => new($"<= {limit:0.##}{unit}", measured <= limit);
}
