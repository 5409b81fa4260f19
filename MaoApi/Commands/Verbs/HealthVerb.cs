using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Hosting;

namespace MaoApi.Commands.Verbs;

/// <summary>Whether the gateway of this machine lives and is ready; for health checks of containers.</summary>
internal static class HealthVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<int?> Port = new("--port") { Description = "the gateway's port (MAO_PORT, default 8000)" };

    public static Verb Create(CommandConsole console) =>
        new Verb(
                "health",
                "Asks the gateway on this machine; exit code 0 when it is ready, else 1. One without the role api has no port: it is healthy while it holds its folder",
                "health",
                "health --port 8000")
            .With(Port, CommonOptions.DataDir)
            .Do(console, RunAsync);

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var options = CommandLine.ReadEnvironment(run.Console.Environment, out _);
        if (!options.Roles.HasFlag(GatewayRoles.Api))
        {
            return Tell(run, DataFolder.IsHeld(run.DataDir, options.Roles, options.Instance), $"{options.Roles} in {run.DataDir}");
        }

        var port = run.Get(Port) ?? options.Port;
        var scheme = options.Http.Tls.IsOn ? "https" : "http";

        // The name in it is the one others know: here the certificate itself is compared.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == HashOf(options.Http.Tls.CertificateFile!);
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"{scheme}://127.0.0.1:{port}/health/ready"), cancellationToken);
            var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return Tell(run, answer.IsSuccessStatusCode, body.Cell("data.status"));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Tell(run, false, $"port {port}: {fault.Message}");
        }
    }

    private static string HashOf(string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return certificate.GetCertHashString();
    }

    private static int Tell(CommandRun run, bool isHealthy, string text)
    {
        run.Console.Out.WriteLine($"{(isHealthy ? "healthy" : "unhealthy")}: {text}");
        return isHealthy ? CommandExit.Ok : CommandExit.Refused;
    }
}
