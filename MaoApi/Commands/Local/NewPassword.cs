using System.Text;

namespace MaoApi.Commands.Local;

/// <summary>A password that is typed, or comes through standard input; never a word of the command line, which others can see.</summary>
internal static class NewPassword
{
    private const int LeastLength = 12;
    private const int MostLength = 256;

    /// <summary>Asks for it.</summary>
    /// <exception cref="CommandException">It is too short or too long.</exception>
    public static string Ask(CommandConsole console, string userId)
    {
        if (console.CanAsk)
        {
            console.Error.Write($"New password of {userId}: ");
        }

        var password = console.CanAsk ? ReadHidden() : console.In.ReadLine() ?? "";
        return password.Length is >= LeastLength and <= MostLength
            ? password
            : throw new CommandException(CommandExit.Usage, $"password: {LeastLength} to {MostLength} characters are expected (range)");
    }

    /// <summary>A generated password is told once, on standard error, so that what was asked for stays clean.</summary>
    public static void Tell(CommandRun run, string? generated)
    {
        if (generated is not null)
        {
            run.Note($"password: {generated}");
        }
    }

    private static string ReadHidden()
    {
        var password = new StringBuilder();
        while (System.Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                password.Length = Math.Max(0, password.Length - 1);
            }
            else
            {
                password.Append(key.KeyChar);
            }
        }

        System.Console.Error.WriteLine();
        return password.ToString();
    }
}
