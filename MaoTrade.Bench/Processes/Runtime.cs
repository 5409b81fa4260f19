using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Processes;

/// <summary>The .NET host this process runs on.</summary>
internal static class Runtime
{
    public static string Program { get; } = Find();

    private static string Find()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
