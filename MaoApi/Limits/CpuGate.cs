using System.Threading.RateLimiting;
using MaoApi.Hosting;

namespace MaoApi.Limits;

/// <summary>
/// Lets a bounded number of heavy computations run at once; a few more wait, the rest is refused. Everything that keeps a processor busy
/// for more than a few milliseconds passes here. Safe from any thread.
/// </summary>
internal sealed class CpuGate(HttpOptions options) : IDisposable
{
    /// <summary>How many wait for each that runs; more would only wait for longer than a caller does.</summary>
    private const int WaitingPerTurn = 8;

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.CpuGate,
        QueueLimit = options.CpuGate * WaitingPerTurn,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a turn, which ends when it is disposed. Null where too many wait: answer <c>TooManyInFlight</c>.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        var turn = await _turns.AcquireAsync(1, cancellationToken);
        if (turn.IsAcquired)
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    public void Dispose() => _turns.Dispose();
}
