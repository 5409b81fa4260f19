using System.Net;
using System.Text.Json;
using MaoApi.Commands.Output;

namespace MaoApi.Commands.Rest;

/// <summary>From a refusal of the gateway to exit code and words: what, the code, then each field.</summary>
internal static class ApiRefusal
{
    public static CommandException Of(HttpStatusCode status, JsonElement body)
    {
        var lines = new List<string> { $"refused: {body.Cell("message")} (HTTP {(int)status}, code {body.Cell("code")})" };
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            if (data.Cell("engine.code") is { Length: > 0 } engine)
            {
                lines.Add($"  engine: {data.Cell("engine.message")} (code {engine})");
            }

            if (data.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
            {
                lines.AddRange(errors.EnumerateArray().Select(error =>
                    $"  {error.Cell("field")}: {error.Cell("message")} ({error.Cell("code")})"));
            }
        }

        return new CommandException(ExitCode(status), lines);
    }

    private static int ExitCode(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => CommandExit.NotAllowed,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => CommandExit.Unreachable,
        _ => CommandExit.Refused,
    };
}
