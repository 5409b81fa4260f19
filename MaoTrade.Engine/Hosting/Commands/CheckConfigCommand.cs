using System.CommandLine;
using MaoTrade.Engine.Hosting.Configuration;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>check-config</c>: says what would run, or everything that is wrong.</summary>
internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var flags = new EngineFlags();
        var command = new Command("check-config", "Checks flags, environment and configuration file; lists every fault");
        flags.AddTo(command);
        command.SetAction(result => Check(flags, result));
        return command;
    }

    private static int Check(EngineFlags flags, ParseResult result)
    {
        var faults = new List<string>();
        if (flags.Read(result, faults) is not { } settings)
        {
            return Faults.Report(faults);
        }

        Console.WriteLine(EffectiveSettings.Text(settings));
        return ExitCode.Orderly;
    }
}
