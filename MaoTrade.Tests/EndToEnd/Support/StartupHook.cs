using System.Diagnostics;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Simulation;

// The runtime looks for this name outside any namespace (DOTNET_STARTUP_HOOKS).
#pragma warning disable CA1050, MA0047
/// <summary>
/// Loaded into an engine process by the runtime: listens to the labelled steps and kills the process (SIGKILL) when one is
/// passed for the n-th time, or puts a deliberate defect into its services. So the product itself holds no code that kills.
/// </summary>
public static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private const string Variable = "MAO_KILL_AT";
    private const string DefectVariable = "MAO_DEFECT";

    /// <summary>The environment of an engine that dies at the n-th pass of a label.</summary>
    public static IReadOnlyDictionary<string, string> KillAt(string label, int pass) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [Variable] = $"{label}:{pass}",
    };

    /// <summary>The environment of an engine with a defect.</summary>
    public static IReadOnlyDictionary<string, string> Broken(Defect defect) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [DefectVariable] = defect.ToString(),
    };

    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
        if (Enum.TryParse<Defect>(Environment.GetEnvironmentVariable(DefectVariable), out var defect))
        {
            DefectiveHost.Begin(defect);
        }

        var wanted = Environment.GetEnvironmentVariable(Variable)?.Split(':');
        if (wanted is [var label, var pass])
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(new Killer(label, int.Parse(pass))));
        }
    }

    private sealed class Listeners(Killer killer) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "MaoTrade.Steps")
            {
                value.Subscribe(killer, killer.Wants);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Killer(string label, int pass) : IObserver<KeyValuePair<string, object?>>
    {
        private int _passed;

        public bool Wants(string name) => name == label;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Interlocked.Increment(ref _passed) == pass)
            {
                // What was let out too early, by whatever thread, gets its chance to reach the broker.
                using var linger = new ManualResetEvent(false);
                linger.WaitOne(TimeSpan.FromMilliseconds(30));
                Process.GetCurrentProcess().Kill();
                new ManualResetEvent(false).WaitOne(); // nothing after the label may run on this thread
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
