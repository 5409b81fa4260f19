using System.Text.Json;
using MaoApi.Engines;
using MaoTrade.Protocol.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoApi.Pods;

/// <summary>What an engine says of itself (wire service 5).</summary>
internal sealed record EngineState(string? InstanceId, string? State, DateTimeOffset? LastFrameAt)
{
    public bool IsReady => State == "ready";
}

/// <summary>Asks an engine who it is, past the circuit and the log: silence is what is expected of one that is starting.</summary>
internal sealed class EngineProbe(EngineTls tls, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until the engine's answer is the one waited for.</summary>
    /// <exception cref="PodDriverException">It is elsewhere, and there are no certificates to reach it with.</exception>
    public async Task<EngineState> WaitAsync(
        string accountId, string host, int port, Func<EngineState, bool> until, CancellationToken cancellationToken)
    {
        var options = tls.ProxyOptions(accountId, host)
            ?? throw PodDriverException.Refused($"The engine of {accountId} is at {host}, and there are no certificates to reach it with.");
        await using var proxy = new MTProxy(host, port, options, time, NullLogger<MTProxy>.Instance);
        while (true)
        {
            if (await AskAsync(proxy, cancellationToken) is { } state && until(state))
            {
                return state;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private static async Task<EngineState?> AskAsync(MTProxy proxy, CancellationToken cancellationToken)
    {
        var call = EngineCalls.AccountState();
        await using var reply = await proxy.SendAsync(new ProxyRequest(call.Service, call.Data) { Idempotent = true }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (reply is not { Result: ProxyResult.NoError, Code: 0 })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<EngineState>(reply.Data.Span, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
