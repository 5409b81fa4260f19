using System.Diagnostics;

// The runtime looks for this name outside any namespace (DOTNET_STARTUP_HOOKS).
#pragma warning disable CA1050, MA0047
/// <summary>
/// Loaded into an engine process by the runtime: listens to the labelled steps and kills the process (SIGKILL) when one is
/// passed for the n-th time. So the product itself holds no code that kills.
/// </summary>
public static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private const string Variable = "MAO_KILL_AT";

    /// <summary>The environment of an engine that dies at the n-th pass of a label.</summary>
    public static IReadOnlyDictionary<string, string> KillAt(string label, int pass) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [Variable] = $"{label}:{pass}",
    };

    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
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
