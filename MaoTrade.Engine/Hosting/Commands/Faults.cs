namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>Wrong configuration, said once and whole.</summary>
internal static class Faults
{
    /// <summary>Writes every fault to standard error; returns the exit code.</summary>
    public static int Report(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return ExitCode.Configuration;
    }
}
