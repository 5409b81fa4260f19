using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

public sealed class ChildProcessDriverTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly ChildProcessDriver _driver = new(TimeProvider.System);

    private string Output => Path.Combine(_temp.Path, "logs", "stdout.jsonl");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Output_goes_to_the_file_and_arguments_pass_no_shell()
    {
        using var process = _driver.Start(Launch("echo \"$1\"; echo wrong >&2; exit 7", "a b; $(id)"));

        var exitCode = await process.WaitAsync(CancellationToken.None).Within("the process did not end");

        exitCode.Should().Be(7);
        (await File.ReadAllTextAsync(Output)).Should().Be("a b; $(id)\nwrong\n");
    }

    [Fact]
    public async Task A_process_is_found_again_by_who_it_is_and_by_nothing_less()
    {
        using var process = _driver.Start(Launch("exec sleep 60"));
        try
        {
            using var found = _driver.Find(process.Identity);
            found.Should().NotBeNull();
            _driver.Find(process.Identity with { StartTicks = process.Identity.StartTicks + 1 }).Should().BeNull();
            _driver.Find(process.Identity with { BootId = "another" }).Should().BeNull();

            found!.Terminate();
            (await found.WaitAsync(CancellationToken.None).Within("the adopted process did not end")).Should().BeNull();
        }
        finally
        {
            process.Kill();
            await process.WaitAsync(CancellationToken.None);
        }

        _driver.Find(process.Identity).Should().BeNull();
    }

    [Fact]
    public async Task A_child_has_a_session_of_its_own()
    {
        using var process = _driver.Start(Launch("exec sleep 60"));
        try
        {
            await Deadlines.Until(() => Session(process.Identity.ProcessId) == process.Identity.ProcessId, "the child stayed in our session");
        }
        finally
        {
            process.Kill();
            await process.WaitAsync(CancellationToken.None);
        }
    }

    private static int Session(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
    }

    private PodLaunch Launch(string script, params string[] arguments) =>
        new("test", "/bin/sh", ["-c", script, "sh", .. arguments], Output);
}
