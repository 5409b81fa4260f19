using System.Diagnostics;
using System.Globalization;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>Nagios from Debian with the shipped files, a minute of six seconds and everything it writes in a folder of the test.</summary>
public sealed class NagiosProcess : IAsyncDisposable
{
    private const int Id = 0;
    private const int Parent = 2;
    private const int FirstTime = 12;
    private const int LastTime = 15;

    /// <summary>The kernel's unit of times it tells programs, everywhere.</summary>
    private const int TicksPerSecond = 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly Task<string> _said;

    private NagiosProcess(TemporaryFolder folder, Process process)
    {
        _folder = folder;
        _process = process;
        _said = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Processor time of Nagios and of every check it has made.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var ticks = Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(Read)
                .Where(fields => fields.Length > LastTime && (fields[Id] == $"{_process.Id}" || fields[Parent] == $"{_process.Id}"))
                .Sum(fields => fields[FirstTime..(LastTime + 1)].Sum(text => long.Parse(text, CultureInfo.InvariantCulture)));
            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

            // pid (comm) state ppid ...: own times and those of children that ended are the fields 14 to 17.
            static string[] Read(string folder)
            {
                try
                {
                    var text = File.ReadAllText(Path.Combine(folder, "stat"));
                    return [Path.GetFileName(folder), .. text[(text.LastIndexOf(')') + 2)..].Split(' ')];
                }
                catch (IOException)
                {
                    return []; // it has just ended
                }
            }
        }
    }

    private string StatusFile => _folder.File("status.dat");

    /// <summary>Starts it and waits until it knows all services.</summary>
    public static async Task<NagiosProcess> StartAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string> macros)
    {
        var main = NagiosFiles.Write(folder, macros);
        var nagios = new NagiosProcess(folder, Process.Start(new ProcessStartInfo(Programs.Find("nagios4")!, [main]) { UseShellExecute = false, RedirectStandardOutput = true })!);
        await Until.TrueAsync("Nagios has written its status", Deadline, async () => nagios._process.HasExited
            ? throw new InvalidOperationException($"Nagios ended: {await nagios._said}")
            : File.Exists(nagios.StatusFile) && File.Exists(folder.File("rw/nagios.cmd")));
        return nagios;
    }

    /// <summary>What Nagios knows of a service.</summary>
    public ServiceStatus Of(string service)
    {
        var block = File.ReadAllText(StatusFile).Split("servicestatus {").Skip(1)
            .Single(text => text.Contains($"\tservice_description={service}\n", StringComparison.Ordinal));
        var values = block.Split('\n').Select(line => line.Trim().Split('=', 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return new ServiceStatus(
            Number("current_state"), Number("state_type") == 1, At("last_check"), At("next_check"), values["plugin_output"]);

        int Number(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);

        DateTimeOffset At(string name) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(values[name], CultureInfo.InvariantCulture));
    }

    /// <summary>Has a service looked at now and waits for a look that began after that.</summary>
    public async Task<ServiceStatus> LookAsync(string service)
    {
        var asked = TimeProvider.System.GetUtcNow();
        await CommandAsync($"SCHEDULE_FORCED_SVC_CHECK;maotrade;{service};{asked.ToUnixTimeSeconds()}");
        return await Until.NotNullAsync($"Nagios looks at {service}", Deadline, () =>
            Task.FromResult(Of(service) is var status && status.LastCheck.AddSeconds(1) > asked ? status : null));
    }

    /// <summary>Has a service looked at until it is as expected.</summary>
    public async Task<ServiceStatus> LookUntilAsync(string service, Func<ServiceStatus, bool> isExpected)
    {
        var last = "";
        try
        {
            return await Until.NotNullAsync($"{service} is as expected", Deadline, async () =>
            {
                var status = await LookAsync(service);
                last = status.Output;
                return isExpected(status) ? status : null;
            });
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}; last it was: {last}", late);
        }
    }

    /// <summary>Waits, without asking for a look, until a service is as expected.</summary>
    public Task<ServiceStatus> WaitAsync(string service, Func<ServiceStatus, bool> isExpected) => Until.NotNullAsync(
        $"{service} is as expected", Deadline, () => Task.FromResult(Of(service) is var status && isExpected(status) ? status : null));

    /// <summary>Who was told what about a service: the types of notification in their order.</summary>
    public IReadOnlyList<string> Told(string service) =>
        [.. File.ReadLines(_folder.File("nagios.log"))
            .Where(line => line.Contains($"SERVICE NOTIFICATION: operator;maotrade;{service};", StringComparison.Ordinal))
            .Select(line => line.Split(';')[3])];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", [$"{_process.Id}"]);
            await term.WaitForExitAsync();
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task CommandAsync(string command)
    {
        await using var pipe = new StreamWriter(new FileStream(_folder.File("rw/nagios.cmd"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        await pipe.WriteLineAsync($"[{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}] {command}");
    }
}

/// <summary>A service as Nagios sees it.</summary>
/// <param name="State">0 ok, 1 warning, 2 critical, 3 unknown.</param>
/// <param name="IsHard">Whether all attempts are made.</param>
/// <param name="LastCheck">When the last look began.</param>
/// <param name="NextCheck">When the next one is due.</param>
/// <param name="Output">The plug-in's line.</param>
public sealed record ServiceStatus(int State, bool IsHard, DateTimeOffset LastCheck, DateTimeOffset NextCheck, string Output);
