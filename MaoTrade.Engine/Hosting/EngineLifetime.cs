namespace MaoTrade.Engine.Hosting;

/// <summary>The host lives until a signal stops it; one that came before the host began stops it while it starts.</summary>
public sealed class EngineLifetime(IHostApplicationLifetime application, StopSignals signals) : IHostLifetime, IDisposable
{
    private CancellationTokenRegistration _stop;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _stop = signals.Stop.Register(application.StopApplication);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();
}
