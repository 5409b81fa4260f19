using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Decisions;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// The trade loop: takes one input at a time, decides it, commits the rows of what waited together (at most
/// <see cref="MostPerCommit"/> inputs, each whole), shows the new state, lets the effects out in order. Owns the state;
/// shares no lock with anybody. A store that fails ends the loop with <see cref="StoreLostException"/>: nothing of the
/// failed commit happened, and the session is built anew from the store.
/// </summary>
public sealed partial class TradeManager(
    TradeInbox inbox, IEngineStore store, BrokerGateway gateway, SnapshotBoard board, TradingTools tools, TimeProvider time,
    ILogger<TradeManager> logger)
{
    private const int MostPerCommit = 64;

    private readonly Queue<TradeInput> _own = new();
    private readonly List<Turn> _turns = [];
    private TradingState _state = null!;

    /// <summary>Runs until the token ends.</summary>
    /// <exception cref="StoreLostException">A commit failed.</exception>
    public async Task RunAsync(TradingState state, CancellationToken cancellationToken)
    {
        _state = state;
        do
        {
            while (_own.Count > 0 || inbox.Reader.Count > 0)
            {
                TakeWaiting();
            }
        }
        while (await inbox.Reader.WaitToReadAsync(cancellationToken));
    }

    private void TakeWaiting()
    {
        _turns.Clear();
        while (_turns.Count < MostPerCommit && Next() is { } input)
        {
            Steps.Pass(Step.InputTaken);
            if (input is CommandInput { Ticket: var ticket } && time.GetTimestamp() > ticket.ExpiresTimestamp)
            {
                ticket.Answer(ServiceReply.Failure(ReplyCode.NotBegun, "the command was not begun in time and will not be"));
                continue;
            }

            var turn = new Turn(_state, tools, time.GetUtcNow()) { RequestId = (input as CommandInput)?.Ticket.RequestId };
            TradeDecider.Decide(turn, input);
            _state = turn.State;
            _turns.Add(turn);
        }

        Commit();
        board.Publish(_state);
        foreach (var turn in _turns)
        {
            using var scope = turn.RequestId is { } rid ? logger.BeginScope(new RequestScope(rid)) : null;
            foreach (var effect in turn.Effects)
            {
                LetOut(effect);
            }
        }
    }

    private TradeInput? Next()
    {
        if (_own.TryDequeue(out var own))
        {
            return own;
        }

        return inbox.TryTake(out var input) ? Recall(input!) : null;
    }

    /// <summary>A client order id that is not in memory may belong to an order of long ago.</summary>
    private TradeInput Recall(TradeInput input)
    {
        var clientId = input is CommandInput { Command: var command }
            ? (command as Commands.OpenPositionCommand)?.ClientOrderId ?? (command as Commands.ClosePositionCommand)?.ClientOrderId
            : null;
        return clientId is not null && !_state.ByClientId.ContainsKey(clientId)
            ? (CommandInput)input with { Earlier = store.FindByClientId(clientId) }
            : input;
    }

    private void Commit()
    {
        var changes = _turns.Where(turn => !turn.Changes.IsEmpty).Select(turn => turn.Changes).ToArray();
        if (changes.Length == 0)
        {
            return;
        }

        _state = _state with { Version = _state.Version + changes.Length };
        Steps.Pass(Step.BeforeCommit);
        try
        {
            store.Commit(changes, _state);
        }
        catch (System.Data.Common.DbException exception)
        {
            foreach (var reply in _turns.SelectMany(turn => turn.Effects).OfType<ReplyEffect>())
            {
                reply.Command.Answer(ServiceReply.Failure(ReplyCode.NotReady, "the store does not answer; nothing was done"));
            }

            throw new StoreLostException(exception);
        }

        Steps.Pass(Step.AfterCommit);
    }

    private void LetOut(Effect effect)
    {
        switch (effect)
        {
            case DispatchEffect dispatch:
                _own.Enqueue(new DispatchInput(dispatch.OrderId));
                break;
            case ReplyEffect reply:
                Steps.Pass(Step.BeforeReply);
                reply.Command.Answer(reply.Reply);
                break;
            case LogEffect line:
                Said(line.Level, line.Message);
                break;
            default:
                Hand(effect);
                break;
        }
    }

    /// <summary>
    /// A full queue to the broker keeps orders back, which wait; without room even for an acknowledgement the session is
    /// of no use, and a new one begins by reconciling.
    /// </summary>
    private void Hand(Effect effect)
    {
        if (gateway.TryPost(effect))
        {
            return;
        }

        if (effect is not SendEffect send)
        {
            throw new InvalidOperationException("The broker has taken nothing for too long: the queue to it is full");
        }

        var notSent = new OrderAnswer(OrderAnswerKind.NotSent, null, 0, "too many orders are on their way");
        _own.Enqueue(new AnswerInput(send.OrderId, send.Attempt, notSent));
    }

    [LoggerMessage(EventId = 2001, Message = "{Message}")]
    private partial void Said(LogLevel level, string message);
}
