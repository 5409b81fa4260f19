using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.History;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// A trader with a phone: orders by client order id, repeated under the same id where no answer came. Writes down what it
/// asked and what it was told.
/// </summary>
public sealed class SimulatedClient(
    Agenda agenda, Random random, Dictionary<CommandTicket, ServiceReply> replies, Func<EngineLife> engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private int _number;

    public List<ClientCall> History { get; } = [];

    /// <summary>Asks until the engine has made the signal.</summary>
    public void CreateSignal(string epic)
    {
        if (engine().State.LiveSignalOf(epic) is null)
        {
            Put(new UpsertSignalCommand
            {
                SrvId = 6,
                Signal = new SignalProposal { Epic = epic, System = "Witness", TimeFrame = Venue.TimeFrameSeconds },
            });
            agenda.In(TimeSpan.FromSeconds(1), () => CreateSignal(epic));
        }
    }

    /// <summary>Blocks the signal of an epic until it is blocked.</summary>
    public void Stop(string epic)
    {
        if (engine().State.LiveSignalOf(epic) is { Blocked: false } signal)
        {
            Put(new BlockSignalCommand { SrvId = 9, SignalId = signal.SignalId, Blocked = true });
            agenda.In(TimeSpan.FromSeconds(1), () => Stop(epic));
        }
    }

    /// <summary>Opens at the market or at a limit, moves a stop, or takes a working order back.</summary>
    public void Trade(string epic)
    {
        var side = random.Next(2) == 0 ? OrderOpType.Buy : OrderOpType.Sell;
        var order = new OpenPositionCommand { SrvId = 1, ClientOrderId = $"c{++_number}", Epic = epic, OpType = side, Qty = 1m };
        switch (random.Next(6))
        {
            case 0 or 1:
                Call(order with { OrderType = OrderType.Limit, Price = side == OrderOpType.Buy ? 1.1980m : 1.2020m }, tries: 3);
                break;
            case 2:
                Put(new ModifyPositionCommand { SrvId = 12, Epic = epic, StopPrice = JsonDocument.Parse(random.Next(2) == 0 ? "0.9" : "1.5").RootElement });
                break;
            case 3:
                CancelWorking();
                break;
            default:
                Call(order, tries: 3);
                break;
        }
    }

    /// <summary>Asks every working order back.</summary>
    public void CancelWorking()
    {
        foreach (var order in engine().State.OpenOrders.Select(id => engine().State.Orders[id]).Where(o => o.OrderType == OrderType.Limit))
        {
            Put(new CancelOrderCommand { SrvId = 13, OrderId = order.OrderId });
        }
    }

    /// <summary>Throws the kill switch, and releases it half an hour later.</summary>
    public void Halt()
    {
        Put(new KillSwitchCommand { SrvId = 10, Reason = "enough" });
        agenda.In(TimeSpan.FromMinutes(30), () => Put(new KillSwitchCommand { SrvId = 10, Blocked = false, Reason = "go on" }));
    }

    private void Put(TradeCommand command) => engine().Put(new CommandInput(new CommandTicket(null, long.MaxValue), command));

    private void Call(OpenPositionCommand command, int tries)
    {
        var ticket = new CommandTicket(null, agenda.GetTimestamp() + Patience.Ticks);
        engine().Put(new CommandInput(ticket, command));
        agenda.In(Patience, () =>
        {
            var isLost = random.Next(10) == 0;
            var outcome = !replies.Remove(ticket, out var reply) || isLost ? CallOutcome.Unknown
                : reply.Code == ReplyCode.Ok ? CallOutcome.Done
                : reply.Code is ReplyCode.NotReady or ReplyCode.Fault ? CallOutcome.Unknown
                : CallOutcome.Failed;
            History.Add(new ClientCall(command.ClientOrderId!, command.Qty, outcome));
            if (outcome == CallOutcome.Unknown && tries > 1)
            {
                Call(command, tries - 1);
            }
        });
    }
}
