using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Processes;

/// <summary>Every process this one has started, ended by its id, and every folder made for them. Safe from any thread.</summary>
internal sealed class Children : IAsyncDisposable
{
    private const int Terminate = 15;

    /// <summary>A gateway stops its engines first; the main job may take 15 s.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<Process> _processes = [];
    private readonly List<StreamWriter> _inputs = [];
    private readonly List<string> _folders = [];

    public Process Start(ProcessStartInfo start)
    {
        lock (_lock)
        {
            var process = Process.Start(start) ?? throw new BenchException($"{start.FileName} could not be started");
            _processes.Add(process);
            if (start.RedirectStandardInput)
            {
                _inputs.Add(process.StandardInput);
            }

            return process;
        }
    }

    /// <summary>A process started by one of ours, to be ended after it.</summary>
    public void Adopt(int processId)
    {
        lock (_lock)
        {
            if (_processes.TrueForAll(process => process.Id != processId))
            {
                _processes.Add(Process.GetProcessById(processId));
            }
        }
    }

    /// <summary>A new folder that is deleted at the end.</summary>
    public string CreateFolder()
    {
        var folder = Directory.CreateTempSubdirectory("maotrade-bench-").FullName;
        lock (_lock)
        {
            _folders.Add(folder);
        }

        return folder;
    }

    /// <summary>Ends the input of those that read it, asks each to stop in the order they were started, and kills what does not.</summary>
    public async Task StopAsync()
    {
        Process[] processes;
        string[] folders;
        lock (_lock)
        {
            _inputs.ForEach(input => input.Dispose());
            _inputs.Clear();
            processes = [.. _processes];
            folders = [.. _folders];
            _processes.Clear();
            _folders.Clear();
        }

        foreach (var process in processes)
        {
            await StopAsync(process);
        }

        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    private static async Task StopAsync(Process process)
    {
        using (process)
        {
            if (process.HasExited)
            {
                return;
            }

            _ = NativeKill(process.Id, Terminate);
            using var deadline = new CancellationTokenSource(StopTimeout, TimeProvider.System);
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
