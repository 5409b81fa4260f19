using System.Diagnostics;
using System.Text.RegularExpressions;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>The shipped main file and macros, with the paths of a test and a minute of six seconds; the object files are the shipped ones.</summary>
public static class NagiosFiles
{
    /// <summary>Writes them and makes the folders Nagios writes to. Returns the main file.</summary>
    /// <param name="folder">Of the test.</param>
    /// <param name="macros">Values of <c>$USERn$</c>, by name.</param>
    public static string Write(TemporaryFolder folder, IReadOnlyDictionary<string, string> macros)
    {
        foreach (var name in new[] { "rw", "archives", "spool/checkresults" })
        {
            Directory.CreateDirectory(folder.File(name));
        }

        var resource = Path.Combine(ShippedObjects.Folder, "resource.cfg");
        File.WriteAllLines(folder.File("resource.cfg"), File.ReadLines(resource).Select(line =>
            line.Split('=', 2) is [var macro, _] && macros.TryGetValue(macro.Trim('$'), out var value) ? $"{macro}={value}" : line));
        var main = File.ReadAllText(Path.Combine(ShippedObjects.Folder, "nagios.cfg"))
            .Replace("/etc/nagios4/maotrade/objects", Path.Combine(ShippedObjects.Folder, "objects"), StringComparison.Ordinal)
            .Replace("/etc/nagios4/maotrade/resource.cfg", folder.File("resource.cfg"), StringComparison.Ordinal);
        main = Regex.Replace(main, "/var/(log|lib|run)/nagios4", folder.Path, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        foreach (var (option, value) in new[]
        {
            ("nagios_user", Environment.UserName), ("nagios_group", Group()), ("interval_length", "6"),
            ("service_inter_check_delay_method", "1.5"), ("status_update_interval", "1"), ("temp_path", folder.Path),
        })
        {
            main = Regex.Replace(main, $"(?m)^{option}=.*$", $"{option}={value}", RegexOptions.None, TimeSpan.FromSeconds(1));
        }

        File.WriteAllText(folder.File("nagios.cfg"), main);
        return folder.File("nagios.cfg");
    }

    private static string Group()
    {
        using var id = Process.Start(new ProcessStartInfo("id", ["-gn"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var group = id.StandardOutput.ReadToEnd().Trim();
        id.WaitForExit();
        return group;
    }
}
