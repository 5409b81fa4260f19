using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>The command line as images have it: one executable <c>mao</c>.</summary>
public static class MaoProgram
{
    /// <summary>Writes it into a folder.</summary>
    public static string Write(TemporaryFolder folder)
    {
        var gateway = Path.Combine(AppContext.BaseDirectory.Replace("MaoTrade.Tests", "MaoApi", StringComparison.Ordinal), "MaoApi.dll");
        return Script(folder, "mao", $"""exec dotnet "{gateway}" "$@" """);
    }

    /// <summary>Writes any program of a shell.</summary>
    public static string Script(TemporaryFolder folder, string name, string text)
    {
        var path = folder.File(name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }
}
