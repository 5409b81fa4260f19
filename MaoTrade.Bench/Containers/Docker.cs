using System.Diagnostics;

namespace MaoTrade.Bench.Containers;

/// <summary>Docker's own command line.</summary>
internal static class Docker
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    /// <summary>What docker/build.sh makes: engine, gateway, and what both stand on.</summary>
    public static readonly IReadOnlyList<string> Images = ["mao-engine", "mao-gateway", "mao-runtime"];

    private static readonly string[] Programs = ["docker", "docker-compose"];

    /// <summary>Why the images cannot be run here; null where they can.</summary>
    public static async Task<string?> LackAsync()
    {
        if (Programs.FirstOrDefault(program => Find(program) is null) is { } missing)
        {
            return $"{missing} is not installed";
        }

        return (await TryAsync("docker", ["image", "inspect", .. Images], null)).Code == 0
            ? null
            : "no Docker engine with the images mao-engine, mao-gateway and mao-runtime answers: docker/build.sh makes them";
    }

    /// <summary>Where a program of the machine lies; null where it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>What docker wrote.</summary>
    public static Task<string> RunAsync(params string[] words) => RunAsync("docker", words, null);

    /// <summary>What a program wrote; a failure ends the benchmark.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment)
    {
        var (code, output, error) = await TryAsync(program, words, environment);
        return code == 0 ? output.Trim() : throw new BenchException($"{program} {string.Join(' ', words)} said {code}: {error}{output}");
    }

    private static async Task<(int Code, string Output, string Error)> TryAsync(
        string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new BenchException($"{program} could not be started");
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new BenchException($"{program} {string.Join(' ', words)} did not end within {Deadline.TotalMinutes} min");
        }
    }
}
