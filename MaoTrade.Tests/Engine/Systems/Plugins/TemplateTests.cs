using System.Diagnostics;
using MaoTrade.Engine.Systems.Plugins;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Systems.Plugins;

/// <summary>The template of the guide, built and used as the guide says.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_template_builds_loads_and_resumes_at_every_bar_of_its_history()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "trading-systems", "template")))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }

        await BuildAsync();

        var plugin = _folder.File(Path.Combine("out", "MySystem.dll"));
        PluginAssembly.Load(plugin).Systems.Should().ContainSingle().Which().Name.Should().Be("Breakout");
        await using var backtest = new ChildProcess(
            ["backtest", "--system", $"{plugin}:Breakout", "--data", _folder.File("history.csv"), "--param", "period=10", "--resume-everywhere"]);
        (await backtest.ExitCodeAsync()).Should().Be(0, await backtest.ErrorAsync());
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet", ["build", "MySystem.csproj", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:EngineFolder={AppContext.BaseDirectory}", "-o", "out"])
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        build.ExitCode.Should().Be(0, said);
    }
}
