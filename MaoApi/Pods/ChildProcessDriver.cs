using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MaoApi.Pods;

/// <summary>
/// Engines as processes on this machine, each in a session of its own with its output appended to a file: neither the terminal's Ctrl-C
/// nor a crash of the gateway reaches them.
/// </summary>
internal sealed class ChildProcessDriver(TimeProvider time) : IPodDriver
{
    private static readonly bool HasSessions = File.Exists("/usr/bin/setsid");

    private readonly ProcessMeter _meter = new(time);

    public string Name => "process";

    public IPodProcess Start(PodLaunch launch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(launch.OutputFile)!);

        // The shell only opens the file and becomes the program: the process id is the program's.
        string[] command = ["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", launch.OutputFile, launch.Program, .. launch.Arguments];
        var start = HasSessions
            ? new ProcessStartInfo("/usr/bin/setsid", command)
            : new ProcessStartInfo("/bin/sh", command[1..]);
        start.UseShellExecute = false;
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{launch.Program} could not be started.");
        var identity = Identify(process.Id) ?? new ProcessIdentity(process.Id, 0, BootId());
        return new ChildProcess(process, identity);
    }

    public IPodProcess? Find(ProcessIdentity identity) =>
        Identify(identity.ProcessId) == identity ? new AdoptedProcess(identity, time) : null;

    public PodUsage? Measure(ProcessIdentity identity) => _meter.Measure(identity);

    internal static ProcessIdentity? Identify(int processId)
    {
        try
        {
            // The second field is the program's name in brackets and may hold anything; the start is the 22nd.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(processId, long.Parse(fields[19], CultureInfo.InvariantCulture), BootId());
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static void Signal(ProcessIdentity identity, int signal)
    {
        if (Identify(identity.ProcessId) == identity)
        {
            _ = NativeKill(identity.ProcessId, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);

    private sealed class ChildProcess(Process process, ProcessIdentity identity) : IPodProcess
    {
        public ProcessIdentity Identity => identity;

        public async Task<int?> WaitAsync(CancellationToken cancellationToken)
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }

        public void Terminate() => Signal(identity, Signals.Terminate);

        public void Kill() => Signal(identity, Signals.Kill);

        public void Dispose() => process.Dispose();
    }

    /// <summary>A process another gateway started: not our child, so only its presence can be watched.</summary>
    private sealed class AdoptedProcess(ProcessIdentity identity, TimeProvider time) : IPodProcess
    {
        private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

        public ProcessIdentity Identity => identity;

        public async Task<int?> WaitAsync(CancellationToken cancellationToken)
        {
            while (Identify(identity.ProcessId) == identity)
            {
                await Task.Delay(LookInterval, time, cancellationToken);
            }

            return null;
        }

        public void Terminate() => Signal(identity, Signals.Terminate);

        public void Kill() => Signal(identity, Signals.Kill);

        public void Dispose()
        {
        }
    }

    private static class Signals
    {
        public const int Kill = 9;
        public const int Terminate = 15;
    }
}
