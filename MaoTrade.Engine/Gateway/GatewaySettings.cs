using MaoTrade.Engine.Hosting.Configuration;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// The settings an engine starts with: what the gateway says now, else what it said last, else <c>engine.json</c> alone. The gateway may be
/// away, slow or wrong: none of that keeps an engine from trading.
/// </summary>
internal static class GatewaySettings
{
    /// <summary>Longest wait of a start for the gateway.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads and checks; null with every fault of flags, environment and file in the list.</summary>
    /// <param name="options">Flags and environment.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="faults">Every fault.</param>
    /// <param name="say">Takes a line for the log: where the settings come from, and why not from the gateway.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<EngineSettings?> ReadAsync(
        EngineOptions options, Func<string, string?> environment, ICollection<string> faults, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Gateway is not { } gateway)
        {
            return EngineSettings.Read(options, environment, faults);
        }

        var kept = GatewayCopy.Read(options.AccountFolder);
        var fresh = await AskAsync(gateway, kept, options.AccountFolder, say, time, cancellationToken);
        foreach (var copy in new[] { fresh, kept }.OfType<GatewayCopy>())
        {
            var wrong = new List<string>();
            if (EngineSettings.Read(options, environment, wrong, copy.Account) is { } settings)
            {
                say($"settings from the gateway: {copy}{(copy == fresh ? "" : ", as of an earlier start")}");
                return settings;
            }

            say($"the gateway's settings are of no use here: {string.Join("; ", wrong)}");
        }

        return EngineSettings.Read(options, environment, faults);
    }

    /// <summary>What the gateway says now; the copy itself where that has not changed; null where it says nothing.</summary>
    private static async Task<GatewayCopy?> AskAsync(
        GatewayOptions gateway, GatewayCopy? kept, string accountFolder, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var client = new GatewayClient(gateway, time);
        try
        {
            if (await client.GetConfigAsync(kept?.Tag, either.Token) is not { } fresh)
            {
                return kept;
            }

            Keep(fresh, accountFolder, say);
            return fresh;
        }
        catch (OperationCanceledException)
        {
            say($"the gateway did not answer within {Patience.TotalSeconds} s, or the engine was stopped meanwhile");
        }
        catch (GatewayException fault)
        {
            say($"the gateway gave no settings: {fault.Message}");
        }

        return null;
    }

    /// <summary>Settings that cannot be kept count all the same.</summary>
    private static void Keep(GatewayCopy fresh, string accountFolder, Action<string> say)
    {
        try
        {
            fresh.Write(accountFolder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            say($"the gateway's settings cannot be kept for a start without it: {fault.Message}");
        }
    }
}
