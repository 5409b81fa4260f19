using System.CommandLine;
using MaoApi.Data;

namespace MaoApi.Commands;

/// <summary>Ties a verb to its work, and what goes wrong in it to an exit code.</summary>
internal static class CommandAction
{
    public static Verb Do(this Verb verb, CommandConsole console, Func<CommandRun, CancellationToken, Task> work) =>
        verb.Do(console, async (run, cancellationToken) =>
        {
            await work(run, cancellationToken);
            return CommandExit.Ok;
        });

    public static Verb Do(this Verb verb, CommandConsole console, Func<CommandRun, CancellationToken, Task<int>> work)
    {
        verb.SetAction((words, cancellationToken) => RunAsync(new CommandRun(words, console), work, cancellationToken));
        return verb;
    }

    /// <summary>Adds an argument to a verb.</summary>
    public static Verb Taking(this Verb verb, Argument argument)
    {
        verb.Arguments.Add(argument);
        return verb;
    }

    /// <summary>Adds options to a verb.</summary>
    public static Verb With(this Verb verb, params IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            verb.Options.Add(option);
        }

        return verb;
    }

    private static async Task<int> RunAsync(
        CommandRun run, Func<CommandRun, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(run, cancellationToken);
        }
        catch (CommandException failure)
        {
            return Tell(run, failure.ExitCode, failure.Lines);
        }
        catch (HttpRequestException fault)
        {
            return Tell(run, CommandExit.Unreachable, [$"the gateway does not answer: {fault.Message}"]);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Tell(run, CommandExit.Unreachable, ["the gateway does not answer in time"]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Tell(run, CommandExit.Refused, ["cancelled"]);
        }
        catch (Exception fault) when (DatabaseFault.Is(fault))
        {
            return Tell(run, CommandExit.Unreachable, [$"the database: {fault.GetBaseException().Message}"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Tell(run, CommandExit.Unreachable, [fault.Message]);
        }
    }

    private static int Tell(CommandRun run, int exitCode, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            run.Console.Error.WriteLine(line);
        }

        return exitCode;
    }
}
