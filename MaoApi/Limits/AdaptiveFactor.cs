namespace MaoApi.Limits;

/// <summary>
/// How much faster or slower than usual a bucket fills: times 0.9 for each "too many" of an engine, times 1.01 for each request otherwise,
/// between a half and one and a half, forgotten after an hour without requests. A pure value; times are of the monotonic clock.
/// </summary>
internal readonly record struct AdaptiveFactor
{
    public const double Lowest = 0.5;
    public const double Highest = 1.5;
    public const double Down = 0.9;
    public const double Up = 1.01;

    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly double _offset;
    private readonly TimeSpan _changedAt;

    private AdaptiveFactor(double value, TimeSpan changedAt) => (_offset, _changedAt) = (value - 1, changedAt);

    /// <summary>The factor at a time.</summary>
    public double At(TimeSpan now) => now - _changedAt >= Memory ? 1 : 1 + _offset;

    public AdaptiveFactor Raise(TimeSpan now) => new(Math.Min(Highest, At(now) * Up), now);

    public AdaptiveFactor Lower(TimeSpan now) => new(Math.Max(Lowest, At(now) * Down), now);
}
