namespace MaoApi.Limits;

/// <summary>One token bucket. Every member is called under the lock of its owner.</summary>
internal sealed class RateBucket(double tokens, TimeSpan now)
{
    /// <summary>Seconds added up are not exact: who waits as long as they were told shall be let in.</summary>
    private const double Whole = 1 - 1e-9;

    private double _tokens = tokens;
    private TimeSpan _filledAt = now;
    private AdaptiveFactor _factor;

    /// <summary>When it was asked last.</summary>
    public TimeSpan UsedAt => _filledAt;

    public double Factor(TimeSpan now) => _factor.At(now);

    public RateTake Take(RateBudget budget, TimeSpan now)
    {
        var factor = budget.Adapts ? _factor.At(now) : 1;

        // A factor above one fills faster but never allows a greater burst than was promised.
        var capacity = Math.Max(1, budget.Limit * Math.Min(1, factor));
        var perSecond = budget.PerSecond * factor;
        _tokens = Math.Min(capacity, _tokens + ((now - _filledAt).TotalSeconds * perSecond));
        _filledAt = now;
        var allowed = _tokens >= Whole;
        if (allowed)
        {
            _tokens = Math.Max(0, _tokens - 1);
            _factor = budget.Adapts ? _factor.Raise(now) : _factor;
        }

        return new RateTake(
            allowed,
            (int)capacity,
            (int)_tokens,
            TimeSpan.FromSeconds((capacity - _tokens) / perSecond),
            allowed ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / perSecond));
    }

    public void SlowDown(TimeSpan now) => _factor = _factor.Lower(now);
}
