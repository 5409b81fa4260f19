namespace MaoTrade.Bench.Processes;

/// <summary>Settings of the runtime for servers that run in this executable: those of the program they stand for.</summary>
internal static class Environments
{
    private const string ServerCollector = "DOTNET_gcServer";

    /// <summary>As the engine's project says.</summary>
    public static readonly IReadOnlyDictionary<string, string> Engine =
        new Dictionary<string, string>(StringComparer.Ordinal) { [ServerCollector] = "0" };

    /// <summary>As every web project has it.</summary>
    public static readonly IReadOnlyDictionary<string, string> WebProject =
        new Dictionary<string, string>(StringComparer.Ordinal) { [ServerCollector] = "1" };
}
