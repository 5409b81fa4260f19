using System.Diagnostics;
using System.Formats.Tar;
using MaoApi.Pods.Docker;

namespace MaoTrade.Tests.Support;

/// <summary>An image with this machine's shell and four commands, for programs that stand in for an engine. Imported once.</summary>
internal static class DockerImage
{
    public const string Name = "mao-test-shell";

    private static readonly string[] Programs = ["/bin/sh", "/bin/sleep", "/bin/cat", "/bin/ls", "/bin/head"];

    private static readonly Lazy<Task> Import = new(ImportAsync);

    public static Task EnsureAsync() => Import.Value;

    private static async Task ImportAsync()
    {
        var archive = Path.GetTempFileName();
        try
        {
            await WriteAsync(archive);
            var changes = Uri.EscapeDataString("ENTRYPOINT [\"/bin/sh\"]");
            using var http = new HttpClient(DockerApi.Handler(DockerEngineAttribute.Socket)) { Timeout = TimeSpan.FromMinutes(2) };
            await using var stream = File.OpenRead(archive);
            using var content = new StreamContent(stream);
            using var answer = await http.PostAsync(new Uri($"http://docker/images/create?fromSrc=-&repo={Name}&tag=latest&changes={changes}"), content);
            (await answer.Content.ReadAsStringAsync()).Should().NotContain("\"error\"");
            answer.IsSuccessStatusCode.Should().BeTrue();
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static async Task WriteAsync(string archive)
    {
        await using var tar = new TarWriter(File.Create(archive));
        foreach (var folder in (string[])["tmp/", "dev/", "proc/", "sys/", "etc/", "bin/"])
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder) { Mode = (UnixFileMode)0b111_101_101 });
        }

        foreach (var path in Programs.Concat(Programs.SelectMany(Libraries)).Distinct(StringComparer.Ordinal))
        {
            await using var file = File.OpenRead(path);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path.TrimStart('/'))
            {
                Mode = (UnixFileMode)0b111_101_101,
                DataStream = file,
            });
        }
    }

    /// <summary>What the program is linked with, as <c>ldd</c> prints it.</summary>
    private static string[] Libraries(string program)
    {
        using var ldd = Process.Start(new ProcessStartInfo("ldd", [program]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var lines = ldd.StandardOutput.ReadToEnd().Split('\n');
        ldd.WaitForExit();
        return [.. lines.SelectMany(line => line.Split(' ', '\t')).Where(word => word.StartsWith('/'))];
    }
}
