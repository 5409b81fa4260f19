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

    public bool KeepsEngines => false;

    public Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken) => Task.FromResult(PodPlace.ThisMachine);

    public Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken) => Task.FromResult<IPodProcess?>(
        PodRecord.Read(trace.RecordFile) is { } record && Identify(record.Process.ProcessId) == record.Process
            ? new AdoptedProcess(record, trace.RecordFile, _meter, time)
            : null);

    public Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken) => Task.FromResult<IPodProcess>(Start(launch));

    public Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task RemoveAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;

    private ChildProcess Start(PodLaunch launch)
    {
        var output = launch.Trace.OutputFile;
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);

        // The shell only opens the file and becomes the program: the process id is the program's.
        string[] command = ["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", output, launch.Program, .. launch.Lead, .. launch.Arguments];
        var start = HasSessions
            ? new ProcessStartInfo("/usr/bin/setsid", command)
            : new ProcessStartInfo("/bin/sh", command[1..]);
        start.UseShellExecute = false;
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw PodDriverException.Refused($"{launch.Program} could not be started.");
        var identity = Identify(process.Id) ?? new ProcessIdentity(process.Id, 0, BootId());
        var record = new PodRecord(identity, null);
        record.Write(launch.Trace.RecordFile);
        return new ChildProcess(process, record, launch.Trace.RecordFile, _meter);
    }

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

    private abstract class LocalProcess(PodRecord record, string recordFile, ProcessMeter meter) : IPodProcess
    {
        public string Id => $"{record.Process.ProcessId}";

        public DateTimeOffset? StartedAt => null;

        /// <summary>Process ids are used again, and an account's engine may have been started by hand.</summary>
        public bool IsProven => false;

        public string? InstanceId => record.InstanceId;

        public string? Detail => null;

        public abstract Task<PodEnd> WaitAsync(CancellationToken cancellationToken);

        public Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult(meter.Measure(record.Process));

        public Task RememberAsync(string? instanceId, CancellationToken cancellationToken)
        {
            (record with { InstanceId = instanceId }).Write(recordFile);
            return Task.CompletedTask;
        }

        public Task TerminateAsync(CancellationToken cancellationToken) => SignalAsync(Signals.Terminate);

        public Task KillAsync(CancellationToken cancellationToken) => SignalAsync(Signals.Kill);

        public Task ForgetAsync(bool forGood, CancellationToken cancellationToken)
        {
            File.Delete(recordFile);
            return Task.CompletedTask;
        }

        public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task SignalAsync(int signal)
        {
            Signal(record.Process, signal);
            return Task.CompletedTask;
        }
    }

    private sealed class ChildProcess(Process process, PodRecord record, string recordFile, ProcessMeter meter)
        : LocalProcess(record, recordFile, meter)
    {
        public override async Task<PodEnd> WaitAsync(CancellationToken cancellationToken)
        {
            await process.WaitForExitAsync(cancellationToken);
            return new PodEnd(process.ExitCode);
        }

        public override ValueTask DisposeAsync()
        {
            process.Dispose();
            return base.DisposeAsync();
        }
    }

    /// <summary>A process another gateway started: not our child, so only its presence can be watched.</summary>
    private sealed class AdoptedProcess(PodRecord record, string recordFile, ProcessMeter meter, TimeProvider time)
        : LocalProcess(record, recordFile, meter)
    {
        private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

        private readonly ProcessIdentity _identity = record.Process;

        public override async Task<PodEnd> WaitAsync(CancellationToken cancellationToken)
        {
            while (Identify(_identity.ProcessId) == _identity)
            {
                await Task.Delay(LookInterval, time, cancellationToken);
            }

            return new PodEnd(null);
        }
    }

    private static class Signals
    {
        public const int Kill = 9;
        public const int Terminate = 15;
    }
}
