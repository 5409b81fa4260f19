using System.Diagnostics;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Simulation;

// The runtime looks for this name outside any namespace (DOTNET_STARTUP_HOOKS).
#pragma warning disable CA1050, MA0047
/// <summary>
/// Loaded into an engine process by the runtime: listens to the labelled steps and kills the process (SIGKILL) or has it
/// stop (SIGTERM) when one is passed for the n-th time, or puts a deliberate defect into its services. So the product itself
/// holds no code that kills.
/// </summary>
public static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private const string Variable = "MAO_KILL_AT";
    private const string StopVariable = "MAO_STOP_AT";
    private const string DefectVariable = "MAO_DEFECT";

    /// <summary>The environment of an engine that dies at the n-th pass of a label.</summary>
    public static IReadOnlyDictionary<string, string> KillAt(string label, int pass) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [Variable] = $"{label}:{pass}",
    };

    /// <summary>
    /// The environment of an engine that sends itself SIGTERM, once or more often, at the n-th pass of a label; it says when on
    /// standard error: <c>stopping</c> and Unix milliseconds.
    /// </summary>
    public static IReadOnlyDictionary<string, string> StopAt(string label, int pass, int signals) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StopVariable] = $"{label}:{pass}:{signals}",
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
            DiagnosticListener.AllListeners.Subscribe(new Listeners(new Listener(label, int.Parse(pass), Die)));
        }

        if (Environment.GetEnvironmentVariable(StopVariable)?.Split(':') is [var stopLabel, var stopPass, var signals])
        {
            DiagnosticListener.AllListeners.Subscribe(
                new Listeners(new Listener(stopLabel, int.Parse(stopPass), () => Stop(int.Parse(signals)))));
        }
    }

    private static void Die()
    {
        // What was let out too early, by whatever thread, gets its chance to reach the broker.
        Linger();
        Process.GetCurrentProcess().Kill();
        new ManualResetEvent(false).WaitOne(); // nothing after the label may run on this thread
    }

    private static void Stop(int signals)
    {
        Console.Error.WriteLine($"stopping {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");
        for (var i = 0; i < signals; i++)
        {
            using var kill = Process.Start("kill", ["-TERM", Environment.ProcessId.ToString()]);
            kill.WaitForExit();
        }

        // The stop begins while this thread is still at the label.
        Linger();
    }

    private static void Linger()
    {
        using var linger = new ManualResetEvent(false);
        linger.WaitOne(TimeSpan.FromMilliseconds(30));
    }

    private sealed class Listeners(Listener listener) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "MaoTrade.Steps")
            {
                value.Subscribe(listener, listener.Wants);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Listener(string label, int pass, Action act) : IObserver<KeyValuePair<string, object?>>
    {
        private int _passed;

        public bool Wants(string name) => name == label;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Interlocked.Increment(ref _passed) == pass)
            {
                act();
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
