using System.Runtime.InteropServices;

namespace MaoTrade.Engine.Hosting;

/// <summary>
/// Signals, taken from before the account is asked for until the process has stopped. SIGTERM stops in order, as often as it
/// comes. SIGINT does too, unless a supervisor started the engine: then the terminal's Ctrl-C and hang-up are the
/// supervisor's business.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Takes the signals of this process.</summary>
    /// <param name="supervised">Whether a supervisor started the engine.</param>
    public StopSignals(bool supervised)
    {
        Take(PosixSignal.SIGTERM, stop: true);
        Take(PosixSignal.SIGINT, stop: !supervised);
        Take(PosixSignal.SIGQUIT, stop: true);
        if (supervised)
        {
            Take(PosixSignal.SIGHUP, stop: false);
        }
    }

    /// <summary>Cancelled by the first signal that stops.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _stop.Dispose();
    }

    private void Take(PosixSignal signal, bool stop) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (stop)
        {
            _stop.Cancel();
        }
    }));
}
