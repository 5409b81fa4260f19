namespace MaoApi.Limits;

/// <summary>What came of asking a bucket for one request.</summary>
/// <param name="Allowed">Whether the request may go on.</param>
/// <param name="Limit">Requests the full bucket allows.</param>
/// <param name="Remaining">Requests that may come at once now.</param>
/// <param name="ResetAfter">When the bucket will be full.</param>
/// <param name="RetryAfter">When the next request may come; zero where this one was allowed.</param>
internal readonly record struct RateTake(bool Allowed, int Limit, int Remaining, TimeSpan ResetAfter, TimeSpan RetryAfter);
