using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>What only processes of this machine have; the rest is the contract of drivers.</summary>
public sealed class ChildProcessDriverTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly ChildProcessDriver _driver = new(TimeProvider.System);

    private PodTrace Trace => new("one", _temp.File("pod.json"), Path.Combine(_temp.Path, "logs", "stdout.jsonl"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_process_is_found_again_by_who_it_is_and_by_nothing_less()
    {
        await using var process = await StartAsync();
        var record = PodRecord.Read(Trace.RecordFile)!;
        try
        {
            (await FindAsync(record.Process with { StartTicks = record.Process.StartTicks + 1 })).Should().BeNull();
            (await FindAsync(record.Process with { BootId = "another" })).Should().BeNull();
            await using var found = await FindAsync(record.Process);

            await found!.TerminateAsync(default);

            (await found.WaitAsync(default).Within("the adopted process did not end")).ExitCode.Should().BeNull("it is not our child");
        }
        finally
        {
            await process.KillAsync(default);
            await process.WaitAsync(default);
        }

        (await FindAsync(record.Process)).Should().BeNull();
    }

    [Fact]
    public async Task A_child_has_a_session_of_its_own()
    {
        await using var process = await StartAsync();
        var id = int.Parse(process.Id);
        try
        {
            await Deadlines.Until(() => Session(id) == id, "the child stayed in our session");
        }
        finally
        {
            await process.KillAsync(default);
            await process.WaitAsync(default);
        }
    }

    private static int Session(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
    }

    private Task<IPodProcess> StartAsync() => _driver.StartAsync(new PodLaunch("test", "/bin/sh", ["-c", "exec sleep 60"], Trace), default);

    private Task<IPodProcess?> FindAsync(ProcessIdentity identity)
    {
        new PodRecord(identity, null).Write(Trace.RecordFile);
        return _driver.FindAsync(Trace, default);
    }
}
