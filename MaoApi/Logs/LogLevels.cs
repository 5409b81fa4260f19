namespace MaoApi.Logs;

/// <summary>The platform's names of levels, in their order.</summary>
internal static class LogLevels
{
    public const string Pattern = "(?i)^(debug|info|warning|error|critical)$";

    private static readonly string[] Names = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

    /// <summary>How bad a level is, 0 the least; what nobody named counts as information.</summary>
    public static int Severity(string name)
    {
        var severity = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return severity < 0 ? 1 : severity;
    }

    /// <summary>A level and the worse ones.</summary>
    public static IReadOnlyList<string> AtLeast(string name) => Names[Severity(name)..];
}
