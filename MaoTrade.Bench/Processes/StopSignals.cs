using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Processes;

/// <summary>SIGINT and SIGTERM end the children first, then this process.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupted = 130;

    private readonly Children _children;
    private readonly PosixSignalRegistration[] _registrations;
    private int _stopping;

    public StopSignals(Children children)
    {
        _children = children;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    /// <summary>Whether a signal has come.</summary>
    public bool IsStopping => Volatile.Read(ref _stopping) != 0;

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            new Thread(() =>
            {
                _children.StopAsync().GetAwaiter().GetResult();
                Environment.Exit(Interrupted);
            }).Start();
        }
    }
}
