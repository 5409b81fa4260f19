using System.Text.Json;
using MaoApi.Data;
using MaoApi.Engines;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Tls;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoApi.Commands.Local;

/// <summary>The wire to one engine, past the gateway. Nothing is ever sent twice.</summary>
internal sealed class EngineWire : IAsyncDisposable
{
    private static readonly TimeSpan StandingTimeout = TimeSpan.FromSeconds(5);

    private readonly MTProxy _proxy;

    private EngineWire(string host, int port, MTProxyOptions options, TimeProvider time) =>
        _proxy = new MTProxy(host, port, options, time, NullLogger<MTProxy>.Instance);

    /// <summary>The engine of an account, as the data folder's database knows it.</summary>
    /// <exception cref="CommandException">There is no such account, or its engine was never started.</exception>
    public static async Task<EngineWire> OpenAsync(LocalServices local, string accountId, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var account = await context.Accounts.AsNoTracking().Where(row => row.AccountId == accountId)
            .Select(row => new { row.EngineHost, row.EnginePort }).SingleOrDefaultAsync(cancellationToken)
            ?? throw new CommandException(CommandExit.Refused, $"account: there is no {accountId}");
        if (account is not { EngineHost: { } host, EnginePort: { } port })
        {
            throw new CommandException(CommandExit.Unreachable, $"account: the engine of {accountId} was never started");
        }

        return local.Get<EngineTls>().ProxyOptions(accountId, host) is { } options
            ? new EngineWire(host, port, options, time)
            : throw new CommandException(CommandExit.Usage, $"account: the engine of {accountId} is at {host}: {WireFiles.Names} are needed to reach it");
    }

    public ValueTask<ProxyReply> SendAsync(ProxyRequest request, CancellationToken cancellationToken) => _proxy.SendAsync(request, cancellationToken);

    /// <summary>What the engine says of itself (service 5); null where it does not.</summary>
    public async Task<EngineStanding?> StandingAsync(CancellationToken cancellationToken)
    {
        await using var reply = await _proxy.SendAsync(new ProxyRequest(5, default) { TimeToLive = StandingTimeout }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return reply is { Result: ProxyResult.NoError, Code: 0 }
            ? JsonSerializer.Deserialize<EngineStanding>(reply.Data.Span, JsonSerializerOptions.Web)
            : null;
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();
}

/// <summary>Data of service 5, as far as it is looked at here.</summary>
internal sealed record EngineStanding(string State, bool BrokerConnected, DateTimeOffset? LastFrameAt, int UnknownOrders, long Drift);
