namespace MaoApi.Limits;

/// <summary>What a bucket holds when it is full, and how fast it fills.</summary>
/// <param name="Limit">Requests a full bucket allows at once.</param>
/// <param name="PerSecond">Requests that come back per second.</param>
/// <param name="Adapts">Whether the engine's "too many" slows the filling down.</param>
internal sealed record RateBudget(int Limit, double PerSecond, bool Adapts)
{
    public static RateBudget Of(int requests, TimeSpan window, bool adapts = false) => new(requests, requests / window.TotalSeconds, adapts);
}
