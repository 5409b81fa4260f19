using System.Runtime.InteropServices;

namespace MaoTrade.Engine.Hosting;

/// <summary>
/// Signals: SIGTERM stops in order. SIGINT does too, unless a supervisor started the engine: then the terminal's Ctrl-C and
/// hang-up are the supervisor's business.
/// </summary>
public sealed class EngineLifetime(IHostApplicationLifetime application, Configuration.EngineSettings settings) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        Take(PosixSignal.SIGTERM, stop: true);
        Take(PosixSignal.SIGINT, stop: !settings.Options.Supervised);
        Take(PosixSignal.SIGQUIT, stop: true);
        if (settings.Options.Supervised)
        {
            Take(PosixSignal.SIGHUP, stop: false);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void Take(PosixSignal signal, bool stop) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (stop)
        {
            application.StopApplication();
        }
    }));
}
