using MaoApi.Engines;
using MaoApi.Idempotency;
using MaoApi.Limits;

namespace MaoApi.Shared;

/// <summary>
/// What several gateways keep together, on a server beside them. Each call is one question to the server, which carries it out whole and by
/// its own clock, so that the clocks of gateways do not matter. Every member throws <see cref="SharedStoreException"/> where the server does
/// not answer or refuses. Safe from any thread.
/// </summary>
internal interface ISharedStore : IAsyncDisposable
{
    /// <summary>The server as people know it, without secrets.</summary>
    string Place { get; }

    /// <summary>Asks whether the server is there.</summary>
    Task PingAsync();

    /// <summary>As <see cref="IRateBuckets.TakeAsync"/>.</summary>
    Task<RateTake> TakeAsync(RateKey key, RateBudget budget);

    /// <summary>As <see cref="IRateBuckets.SlowDownAsync"/>.</summary>
    Task SlowDownAsync(RateKey key);

    /// <summary>Asks the circuit of that name for a call.</summary>
    Task<CircuitAnswer> BeginAsync(string circuit);

    /// <summary>A call that the circuit let begin has ended.</summary>
    /// <param name="circuit">Its name.</param>
    /// <param name="trial">What <see cref="CircuitAnswer.Trial"/> was.</param>
    /// <param name="verdict">What the end says about the engine.</param>
    Task<CircuitAnswer> EndAsync(string circuit, long trial, CallVerdict verdict);

    /// <summary>Notes for a while that this gateway carries a request out.</summary>
    /// <returns>Whether nobody else does.</returns>
    Task<bool> HoldAsync(IdempotencyKey key, TimeSpan lease);

    /// <summary>The request has ended; what another gateway holds stays.</summary>
    Task LetGoAsync(IdempotencyKey key);
}
