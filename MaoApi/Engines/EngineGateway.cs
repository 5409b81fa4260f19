using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Telemetry;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Engines;

/// <summary>The only way from a route to an engine.</summary>
internal sealed partial class EngineGateway(
    EngineDirectory directory,
    EngineTls tls,
    IBreakerStore breakers,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<MTProxy> proxyLogger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Engine> _engines = new(StringComparer.Ordinal);

    /// <summary>Sends a call of its own. The caller disposes the reply.</summary>
    public async ValueTask<EngineReply> SendAsync(
        AuthorizedAccount account, EngineCall call, string requestId, CancellationToken cancellationToken)
    {
        var (engine, refusal) = await FindAsync(account, cancellationToken);
        return engine is null ? EngineReply.Refused(refusal!) : await engine.Link.SendAsync(call, requestId, default, cancellationToken);
    }

    /// <summary>
    /// Reads the portfolio. Readers who come while the engine is being asked share the next question to it: nobody gets an answer older
    /// than their own request, and the engine is never asked twice at a time.
    /// </summary>
    public async ValueTask<EngineRead> ReadPortfolioAsync(AuthorizedAccount account, string requestId, CancellationToken cancellationToken)
    {
        var (engine, refusal) = await FindAsync(account, cancellationToken);
        return engine is null
            ? new EngineRead(Failure.Of(refusal!), default)
            : await engine.Portfolio.GetAsync(requestId);
    }

    /// <summary>Subscribes to the live changes of an account; ends after a reply that none follows, whatever the reason.</summary>
    public async IAsyncEnumerable<ProxyReply> SubscribeAsync(
        AuthorizedAccount account, ReadOnlyMemory<byte> data, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (engine, refusal) = await FindAsync(account, cancellationToken);
        if (engine is null)
        {
            yield return ProxyReply.Failure(ProxyResult.Connect, refusal!.Name);
            yield break;
        }

        await foreach (var reply in engine.Link.SubscribeAsync(data, RequestIdentity.Create(), cancellationToken))
        {
            yield return reply;
        }
    }

    /// <summary>The state of every engine's circuit, as metrics show it.</summary>
    public IEnumerable<Measurement<int>> Circuits() => _engines.Select(engine => new Measurement<int>(
        engine.Value.Link.CircuitState, new KeyValuePair<string, object?>("account", engine.Key)));

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.Values)
        {
            await engine.Link.DisposeAsync();
        }
    }

    private async ValueTask<(Engine? Engine, ApiCode? Refusal)> FindAsync(AuthorizedAccount account, CancellationToken cancellationToken)
    {
        var address = await directory.FindAsync(account.AccountId, cancellationToken);
        if (address is null or { IsStopped: true })
        {
            return (null, address is null ? ApiCodes.Forbidden : ApiCodes.PodStopped);
        }

        if (address.Host is null)
        {
            return (null, ApiCodes.WireConnect);
        }

        if (_engines.TryGetValue(account.AccountId, out var engine) && engine.Link.Address == address)
        {
            return (engine, null);
        }

        if (tls.ProxyOptions(account.AccountId, address.Host) is not { } options)
        {
            NoCertificate(proxyLogger, account.AccountId, address.Host, WireFiles.Names);
            return (null, ApiCodes.WireConnect);
        }

        return (await ReplaceAsync(account.AccountId, address, options), null);
    }

    /// <summary>The engine has moved: calls under way end with the old link, which then closes.</summary>
    private async ValueTask<Engine> ReplaceAsync(string accountId, EngineAddress address, MTProxyOptions options)
    {
        var fresh = new Engine(new EngineLink(address, options, breakers.Of(address), metrics, time, proxyLogger));
        EngineLink? old = null;
        var kept = _engines.AddOrUpdate(
            accountId,
            fresh,
            (_, present) =>
            {
                old = present.Link.Address == address ? null : present.Link;
                return old is null ? present : fresh;
            });
        if (!ReferenceEquals(kept, fresh))
        {
            old = fresh.Link;
        }

        if (old is not null)
        {
            await old.DisposeAsync();
        }

        return kept;
    }

    [LoggerMessage(3020, LogLevel.Warning, "The engine of {AccountId} is at {Host}, not on this machine's loopback address: {Names} are needed to reach it")]
    private static partial void NoCertificate(ILogger logger, string accountId, string host, string names);

    private sealed class Engine
    {
        public Engine(EngineLink link)
        {
            Link = link;
            Portfolio = new SharedRead(link, EngineCalls.Portfolio());
        }

        public EngineLink Link { get; }

        public SharedRead Portfolio { get; }
    }
}
