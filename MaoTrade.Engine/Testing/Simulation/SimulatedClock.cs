namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>The time of the bars: wall clock and monotonic clock are one and move only forwards, by hand.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private DateTimeOffset _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    /// <summary>Moves to a moment, unless it has passed already.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        if (moment > _now)
        {
            _now = moment;
        }
    }
}
