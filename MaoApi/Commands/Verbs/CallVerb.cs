using System.CommandLine;
using System.Text;
using System.Text.Json;
using MaoApi.Commands.Local;
using MaoTrade.Protocol.Client;

namespace MaoApi.Commands.Verbs;

/// <summary>A raw request to an engine.</summary>
internal static class CallVerb
{
    private static readonly Argument<string> AccountId = new("account") { Description = "account of the engine" };
    private static readonly Argument<string> Request = new("json") { Description = "the request, {\"service\",\"data\",\"rid\"?,\"ttlMs\"?}; - reads it from standard input" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "file for the bytes of a reply that has some" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb(
                "call",
                "Sends a raw request to an engine of this machine, past the gateway, and prints its reply (PROTOCOL.md). It is sent once",
                "call demo1 '{\"service\":5}'",
                "call demo1 '{\"service\":2,\"data\":{\"srvId\":3}}'",
                "call demo1 '{\"service\":1,\"data\":{\"logDate\":\"2026-11-21\"}}' --output log.zip")
            .With([.. CommonOptions.OfFolder, Output])
            .Do(console, RunAsync);
        verb.Arguments.Add(AccountId);
        verb.Arguments.Add(Request);
        return verb;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var request = Read(run.Get(Request) == "-" ? await run.Console.In.ReadToEndAsync(cancellationToken) : run.Get(Request));
        await using var local = await run.OpenFolderAsync(cancellationToken);
        await using var engine = await EngineWire.OpenAsync(local, run.Get(AccountId), run.Console.Time, cancellationToken);
        var output = run.Get(Output);
        await using var reply = await engine.SendAsync(
            request with { ExpectsPayload = output is not null, MaxPayloadBytes = uint.MaxValue }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (reply.Result != ProxyResult.NoError)
        {
            throw new CommandException(CommandExit.Unreachable, $"the engine does not answer: {reply.Result} {reply.Detail}".TrimEnd());
        }

        if (reply.Payload is { } payload && output is not null)
        {
            await using var file = File.Create(output);
            await payload.CopyToAsync(file, cancellationToken);
        }

        var data = Encoding.UTF8.GetString(reply.Data.Span);
        var message = JsonSerializer.Serialize(reply.Message, CommandJson.Options);
        await run.Console.Out.WriteLineAsync($$"""{"code":{{reply.Code}},"message":{{message}},"data":{{data}}}""");
        return reply.Code == 0 ? CommandExit.Ok : CommandExit.Refused;
    }

    private static ProxyRequest Read(string text)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(text);
        }
        catch (JsonException fault)
        {
            throw new CommandException(CommandExit.Usage, $"json: {fault.Message} (malformed)");
        }

        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("service", out var service) || !service.TryGetInt32(out var number))
        {
            throw new CommandException(CommandExit.Usage, "json: an object with a number \"service\" is expected (required)");
        }

        var data = json.TryGetProperty("data", out var given) ? Encoding.UTF8.GetBytes(given.GetRawText()) : [];
        var timeToLive = json.TryGetProperty("ttlMs", out var ttl) && ttl.TryGetInt32(out var milliseconds) ? milliseconds : 10_000;
        return new ProxyRequest(number, data)
        {
            RequestId = json.TryGetProperty("rid", out var rid) ? rid.GetString() : null,
            TimeToLive = TimeSpan.FromMilliseconds(timeToLive),
        };
    }
}
