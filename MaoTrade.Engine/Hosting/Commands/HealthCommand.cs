using System.CommandLine;
using System.Globalization;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary><c>health</c>: asks a running engine; for container health checks.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--health-port")
        {
            Description = "Port of health",
            DefaultValueFactory = _ =>
                int.TryParse(Environment.GetEnvironmentVariable("HEALTH_PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 2261,
        };
        var command = new Command("health", "Asks a running engine on this machine: exit 0 when it is ready, 1 when not") { port };
        command.SetAction((result, cancellationToken) => AskAsync(result.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> AskAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), cancellationToken);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? ExitCode.Orderly : ExitCode.NotReady;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"no answer on port {port}: {exception.Message}");
            return ExitCode.NotReady;
        }
    }
}
