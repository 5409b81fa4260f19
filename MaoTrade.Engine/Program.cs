using System.CommandLine;
using MaoTrade.Engine.Hosting.Commands;

namespace MaoTrade.Engine;

/// <summary>One process, one broker account; or the paper broker those processes trade with.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("MaoTrade engine: trades one broker account")
        {
            RunCommand.Create(),
            HealthCommand.Create(),
            CheckConfigCommand.Create(),
            PaperBrokerCommand.Create(),
            BacktestCommand.Create(),
            FeaturesCommand.Create(),
        };
        var result = root.Parse(args);
        return result.Errors.Count > 0
            ? Faults.Report(result.Errors.Select(error => error.Message))
            : await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
