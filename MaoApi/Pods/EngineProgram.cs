using System.Runtime.InteropServices;

namespace MaoApi.Pods;

/// <summary>The engine's program, shipped beside the gateway.</summary>
internal static class EngineProgram
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "engine", "MaoTrade.Engine.dll");

    /// <summary>Starts it with the very runtime the gateway runs on.</summary>
    public static PodLaunch Launch(string name, PodTrace trace, params string[] arguments) =>
        new(name, Runtime(), arguments, trace) { Lead = [Assembly] };

    private static string Runtime()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
