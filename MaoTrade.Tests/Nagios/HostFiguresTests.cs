using System.Diagnostics;
using MaoTrade.Tests.Nagios.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios;

/// <summary>What Nagios' checks count, brought to Prometheus.</summary>
public sealed class HostFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_checks_count_becomes_figures_even_when_they_are_alarmed()
    {
        var ssh = MaoProgram.Script(_folder, "ssh", "echo 'SSHFAILURES CRITICAL - 1700 failed within 15 min | failed=1700;300;1500'; exit 2");
        var mail = MaoProgram.Script(_folder, "mail", "echo 'WARNING: mailq is 21 (threshold w = 20)|unsent=21;20;100;0'; exit 1");

        (await RunAsync("--ssh", ssh, "--mail", mail)).Should().Be(0);

        (await FiguresAsync()).Should().Contain("mao_ssh_failed_logins 1700").And.Contain("mao_mail_queue_messages 21")
            .And.Contain("mao_host_check_failed{check=\"ssh\"} 0").And.Contain("mao_host_check_failed{check=\"mail\"} 0");
    }

    [Fact]
    public async Task Log_ins_are_counted_by_the_check_of_Nagios()
    {
        await File.WriteAllTextAsync(_folder.File("auth.log"), "");

        (await RunAsync("--ssh", $"{ShippedObjects.Folder}/plugins/check_ssh_failures --file {_folder.File("auth.log")}")).Should().Be(0);

        (await FiguresAsync()).Should().Contain("mao_ssh_failed_logins 0");
    }

    [Fact]
    public async Task A_check_that_cannot_count_is_named_and_has_no_figure()
    {
        await File.WriteAllTextAsync(_folder.File("mao_host.prom"), "mao_ssh_failed_logins 3\n");
        var unknown = MaoProgram.Script(_folder, "ssh", "echo 'SSHFAILURES UNKNOWN - the journal cannot be read'; exit 3");

        (await RunAsync("--ssh", unknown, "--mail", "/nowhere")).Should().Be(0);

        (await FiguresAsync()).Should().NotContain(figure => figure.StartsWith("mao_ssh", StringComparison.Ordinal) || figure.StartsWith("mao_mail", StringComparison.Ordinal))
            .And.Contain("mao_host_check_failed{check=\"ssh\"} 1").And.Contain("mao_host_check_failed{check=\"mail\"} 1");
    }

    [Theory]
    [InlineData(64, "--colour")]
    [InlineData(64, "--folder")]
    [InlineData(74, "--folder", "/nowhere/at/all")]
    public async Task What_is_wrong_is_told_by_the_exit_code(int exitCode, params string[] words) => (await RunAsync(words)).Should().Be(exitCode);

    [ServerFact("promtool")]
    public async Task Prometheus_reads_the_figures()
    {
        await RunAsync("--ssh", "echo |failed=4", "--mail", "echo |unsent=0");

        (await Promtool.CheckAsync(await File.ReadAllTextAsync(_folder.File("mao_host.prom")))).Should().BeEmpty();
    }

    private async Task<int> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Promtool.Rules, "host_figures"), ["--folder", _folder.Path, .. words])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private async Task<string[]> FiguresAsync() =>
        [.. (await File.ReadAllLinesAsync(_folder.File("mao_host.prom"))).Where(line => !line.StartsWith('#'))];
}
