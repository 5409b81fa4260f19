using System.Diagnostics;

namespace MaoTrade.Tests.Support;

/// <summary>The Python that Debian's own libraries belong to; another one may come first on PATH.</summary>
public static class DebianPython
{
    private static readonly string Program = File.Exists(PandasFactAttribute.Interpreter) ? PandasFactAttribute.Interpreter : "python3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a script with text on its standard input and gives what it prints.</summary>
    public static async Task<string> RunAsync(string script, string input)
    {
        var info = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(script);
        using var process = Process.Start(info)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
        }
        catch (IOException)
        {
            // It ended before it read; its exit code and its errors tell why.
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.Should().Be(0, await errors);
        return await output;
    }
}
