using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Bench.Desks;

/// <summary>The product's trade loop at work on a desk, with producers of commands around it.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    private readonly TradeInbox _inbox = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;

    public LiveDesk(AccountDesk account)
    {
        var time = TimeProvider.System;
        Broker = new BenchBroker();
        var gateway = new BrokerGateway(Broker, _inbox, time, NullLogger<BrokerGateway>.Instance);
        var manager = new TradeManager(_inbox, account.Desk, gateway, Board, time, NullLogger<TradeManager>.Instance);
        _loops = Task.WhenAny(Task.Run(() => manager.RunAsync(_stop.Token)), gateway.RunAsync(_stop.Token)).Unwrap();
    }

    public BenchBroker Broker { get; }

    /// <summary>Ends, with its exception, when a loop fails.</summary>
    public Task Ended => _loops;

    public SnapshotBoard Board { get; } = new("bench", TimeProvider.System);

    /// <summary>Posts a command and waits for its answer, which comes when it is stored.</summary>
    public async Task<ServiceReply> CommandAsync(TradeCommand command)
    {
        var ticket = new CommandTicket(null, long.MaxValue);
        return _inbox.TryPost(ticket, command)
            ? await ticket.Reply
            : throw new BenchException("the inbox is full: fewer producers");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
