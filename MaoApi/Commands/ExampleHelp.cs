using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MaoApi.Commands;

/// <summary>The help of every verb ends with examples that can be copied.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string Program = "mao";

    public static void Use(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                output.WriteLine($"  {Program} {example}");
            }

            output.WriteLine();
        }

        return CommandExit.Ok;
    }
}
