using System.Diagnostics;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>Processes that work on a data folder of a test: known by the folder's name in their command line.</summary>
public static class Processes
{
    /// <summary>Ids of running processes whose command line holds the folder and a word.</summary>
    public static int[] Of(string dataFolder, string word) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => (Id: int.TryParse(Path.GetFileName(folder), out var id) ? id : 0, Folder: folder))
            .Where(process => process.Id > 0 && Line(process.Folder) is { } line
                && line.Contains(dataFolder, StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal))
            .Select(process => process.Id)];

    /// <summary>SIGKILL for a process that the test caused to start.</summary>
    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static string? Line(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null; // it has just ended
        }
    }
}
