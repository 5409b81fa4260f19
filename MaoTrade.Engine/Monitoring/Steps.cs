using System.Diagnostics;

namespace MaoTrade.Engine.Monitoring;

/// <summary>
/// Labelled points of the order life as events of the <see cref="DiagnosticListener"/> <c>MaoTrade.Steps</c>: latency
/// metrics and fault tools listen, the product itself does not. Costs a check when nobody listens.
/// </summary>
public static class Steps
{
    private static readonly DiagnosticListener Source = new("MaoTrade.Steps");

    /// <summary>Passes a point.</summary>
    /// <param name="label">One of <see cref="Step"/>.</param>
    public static void Pass(string label)
    {
        if (Source.IsEnabled(label))
        {
            Source.Write(label, null);
        }
    }
}
