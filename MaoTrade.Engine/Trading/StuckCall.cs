using System.Globalization;

namespace MaoTrade.Engine.Trading;

/// <summary>A call into a trading system that did not return in time.</summary>
/// <param name="SignalId">The signal it was for; empty while a proposal was checked.</param>
/// <param name="System">Name of the system.</param>
/// <param name="Deadline">How long it was waited for.</param>
public sealed record StuckCall(string SignalId, string System, TimeSpan Deadline)
{
    /// <summary>For people.</summary>
    public string Reason => string.Create(CultureInfo.InvariantCulture, $"{System} did not answer within {Deadline.TotalMilliseconds:0} ms");
}
