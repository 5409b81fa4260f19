using System.CommandLine;
using MaoApi.Commands.Verbs;

namespace MaoApi.Commands;

/// <summary>The verbs of the command line. Without one the program serves.</summary>
internal static class CommandVerbs
{
    public static void AddTo(RootCommand root, CommandConsole console)
    {
        foreach (var verb in All(console))
        {
            root.Subcommands.Add(verb);
        }

        ExampleHelp.Use(root);
    }

    /// <summary>Runs the verb that was named; wrong words are told with the way to help.</summary>
    public static async Task<int> RunAsync(ParseResult words, CommandConsole console)
    {
        if (words.Errors.Count > 0 && words.Action is not ExampleHelp)
        {
            foreach (var error in words.Errors)
            {
                console.Error.WriteLine(error.Message);
            }

            var path = Path(words.CommandResult);
            console.Error.WriteLine($"mao {path} --help shows how it is used");

            // To a monitoring program a 2 is an outage: what was not even asked is unknown.
            return path.StartsWith("check", StringComparison.Ordinal) ? Checks.CheckResult.Unknown : CommandExit.Usage;
        }

        return await words.InvokeAsync(new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false });
    }

    private static Verb[] All(CommandConsole console) =>
    [
        InitVerb.Create(console),
        DoctorVerb.Create(console),
        HealthVerb.Create(console),
        UserVerb.Create(console),
        AccountVerb.Create(console),
        EngineVerb.Create(console),
        SignalVerb.Create(console),
        PortfolioVerb.Create(console),
        OrdersVerb.Create(console),
        LogsVerb.Create(console),
        CallVerb.Create(console),
        TokenVerb.Create(console),
        KeysVerb.Create(console),
        CertVerb.Create(console),
        BackupVerb.Create(console),
        ImportVerb.Create(console),
        JobsVerb.Create(console),
        StudiesVerb.Create(console),
        ModelsVerb.Create(console),
        BacktestVerb.Create(console),
        ReportVerb.Create(console),
        CheckVerb.Create(console),
    ];

    private static string Path(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } parent
            ? $"{Path(parent)} {command.Command.Name}"
            : command.Command.Name;
}
