using MaoApi.Commands;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>The command line in this process.</summary>
internal static class Mao
{
    /// <summary>Runs words with an environment of its own; nothing of this machine's is seen.</summary>
    public static async Task<MaoRun> RunAsync(
        IEnumerable<string> words, string input = "", TimeProvider? time = null, params (string Name, string Value)[] environment)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = new CommandConsole(
            new StringReader(input),
            output,
            errors,
            name => Array.Find(environment, variable => variable.Name == name).Value,
            time ?? TimeProvider.System);
        var exitCode = await CommandLine.RunAsync([.. words], console, _ => throw new InvalidOperationException("a verb does not serve"));
        return new MaoRun(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Runs words against a gateway, as a user with a token file.</summary>
    public static async Task<MaoRun> AsAsync(this Gateway gateway, string user, params string[] words)
    {
        var file = Path.Combine(gateway.DataDir, $"token-{user}");
        await File.WriteAllTextAsync(file, gateway.TokenOf(user) + "\n");
        return await RunAsync([.. words, "--url", gateway.Http.BaseAddress!.ToString(), "--token-file", file, "--data-dir", gateway.DataDir]);
    }

    /// <summary>Runs words on a gateway's data folder.</summary>
    public static Task<MaoRun> OnFolderAsync(this Gateway gateway, string input, params string[] words) =>
        RunAsync([.. words, "--data-dir", gateway.DataDir], input);
}

/// <summary>What a run of the command line ended with and wrote.</summary>
internal sealed record MaoRun(int ExitCode, string Output, string Error);
