using System.Diagnostics.CodeAnalysis;
using MaoApi.Data.Entities;
using MaoApi.Pods;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Contracts;

/// <summary>Starts programs of <c>/bin/sh -c</c> by a driver, watches them, and ends what is left.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public abstract class PodDriverRig : IAsyncLifetime
{
    /// <summary>Long: the machine may be doing something else.</summary>
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Obeys SIGTERM as an engine does, and says that it is there.</summary>
    protected const string Obedient = "trap 'echo stopping; exit 0' TERM; echo started; while :; do sleep 0.1; done";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IPodProcess> _processes = [];

    /// <summary>The account of this test; no two tests share one.</summary>
    protected string AccountId { get; } = "c" + Guid.NewGuid().ToString("N")[..8];

    private protected PodTrace Trace => new(
        AccountId, Path.Combine(_folder.Path, "pod.json"), Path.Combine(_folder.Path, "logs", "stdout.jsonl"));

    protected string Folder => _folder.Path;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.KillAsync(CancellationToken.None);
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A driver of the same installation, as each start of the pod makes one.</summary>
    private protected abstract IPodDriver Driver();

    /// <summary>Ends the engine behind the driver's back, as an operator or the system does; it may come back by itself.</summary>
    private protected abstract Task CrashAsync(IPodProcess process);

    private protected PodLaunch Launch(string script, Dictionary<string, string> environment, IReadOnlyList<string> files, params string[] arguments) =>
        new("test", "/bin/sh", ["-c", script, "sh", .. arguments], Trace) { Environment = environment, Files = files };

    private protected Task<IPodProcess> StartAsync(IPodDriver driver, string script, Dictionary<string, string>? environment = null, params string[] arguments) =>
        StartAsync(driver, script, environment ?? [], [], arguments);

    private protected async Task<IPodProcess> StartAsync(
        IPodDriver driver, string script, Dictionary<string, string> environment, IReadOnlyList<string> files, params string[] arguments)
    {
        var process = await driver.StartAsync(Launch(script, environment, files, arguments), default);
        _processes.Add(process);
        return process;
    }

    private protected static Task<PodEnd> EndAsync(IPodProcess process) => process.WaitAsync(default).WaitAsync(Deadline);

    protected Task SaysAsync(string word) =>
        Until.TrueAsync($"the program says {word}", Deadline, () => Task.FromResult(Output().Contains(word, StringComparison.Ordinal)));

    protected string Output() => File.Exists(Trace.OutputFile) ? File.ReadAllText(Trace.OutputFile) : "";

    private protected static void PrivateWrite(string path, string text)
    {
        File.WriteAllText(path, text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The pod's supervision of one engine.</summary>
    private protected sealed class Watch : ISupervised, IAsyncDisposable
    {
        private readonly PodDriverRig _test;
        private readonly string _script;
        private readonly CancellationTokenSource _stopping = new();
        private readonly SupervisedProcess _supervision;
        private readonly List<PodReport> _reports = [];

        public Watch(PodDriverRig test, IPodDriver driver, string script = Obedient)
        {
            _test = test;
            _script = script;
            _supervision = new SupervisedProcess(this, driver, TimeProvider.System, NullLogger<SupervisedProcess>.Instance);
            Ended = _supervision.RunAsync(() => Keeps, _stopping.Token);
        }

        public string Name => "contract";

        public TimeSpan StopTimeout => TimeSpan.FromSeconds(8);

        public PodTrace Trace => _test.Trace;

        public Task Ended { get; }

        public bool Keeps { get; set; }

        public IPodProcess? Process => _supervision.Current;

        public IReadOnlyList<PodReport> Reports
        {
            get
            {
                lock (_reports)
                {
                    return [.. _reports];
                }
            }
        }

        /// <summary>Waits for a run after so many restarts that said who it is.</summary>
        public Task RunsAsync(int restarts) => Until.TrueAsync(
            $"the engine runs after {restarts} restarts",
            Deadline,
            () => Task.FromResult(Process is not null && Reports is [.., { State: PodStates.Running, PodId: { } id } last]
                && last.Restarts == restarts && id.EndsWith("/instance-1", StringComparison.Ordinal)));

        public Task<PodLaunch> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult(_test.Launch(_script, [], []));

        /// <summary>As soon as the program has set its trap.</summary>
        public async Task<string?> IdentifyAsync(CancellationToken cancellationToken)
        {
            await _test.SaysAsync("started").WaitAsync(cancellationToken);
            return "instance-1";
        }

        public Task ReportAsync(PodReport report, CancellationToken cancellationToken)
        {
            lock (_reports)
            {
                _reports.Add(report);
            }

            return Task.CompletedTask;
        }

        public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task TroubledAsync(PodDriverException trouble, CancellationToken cancellationToken) => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await Ended;
            _stopping.Dispose();
        }
    }
}
