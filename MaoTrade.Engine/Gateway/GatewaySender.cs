using System.Data.Common;
using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// Brings what is committed to the gateway, every second, ever less often while the gateway is away. The trade loop never waits for it.
/// </summary>
internal abstract class GatewaySender(EngineStores stores, TimeProvider time) : BackgroundService
{
    private const int MostDoublings = 6;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private int _failures;
    private long _lastFailure;

    protected TimeProvider Time => time;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_failures == 0 || Time.GetElapsedTime(_lastFailure) >= Period * Math.Pow(2, Math.Min(_failures, MostDoublings)))
            {
                await RoundAsync(stoppingToken);
            }
        }
    }

    /// <summary>One look at what waits.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(cancellationToken);
            _failures = 0;
        }
        catch (GatewayException fault)
        {
            _failures++;
            _lastFailure = Time.GetTimestamp();
            Unheard(fault.Message);
        }
    }

    /// <summary>Sends what waits.</summary>
    /// <exception cref="GatewayException">The gateway did not take it, and may later.</exception>
    protected abstract Task SendAsync(CancellationToken cancellationToken);

    /// <summary>Says that things wait.</summary>
    protected abstract void Unheard(string reason);

    /// <summary>What the store holds; nothing while there is no session.</summary>
    protected IReadOnlyList<T> Waiting<T>(Func<IEngineStore, IReadOnlyList<T>> read)
    {
        try
        {
            return stores.Current is { } store ? read(store) : [];
        }
        catch (Exception fault) when (fault is DbException or ObjectDisposedException or InvalidOperationException)
        {
            // The session ends or its store is lost: the next one has the same rows.
            return [];
        }
    }
}
