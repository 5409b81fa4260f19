namespace MaoApi.Commands;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Passwords and bodies that are not to stand on the command line.</param>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">Everything else: what is wrong, how far something is.</param>
/// <param name="Environment">Variables by name.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandConsole(TextReader In, TextWriter Out, TextWriter Error, Func<string, string?> Environment, TimeProvider Time)
{
    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    public bool ShowsTables { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether a person types into <see cref="In"/>.</summary>
    public bool CanAsk { get; init; }

    public static CommandConsole OfProcess() => new(
        Console.In, Console.Out, Console.Error, System.Environment.GetEnvironmentVariable, TimeProvider.System)
    {
        ShowsTables = !Console.IsOutputRedirected,
        ShowsProgress = !Console.IsErrorRedirected,
        CanAsk = !Console.IsInputRedirected,
    };
}
