using System.Data.Common;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// The trade loop: takes one input at a time to the desk, commits what waited together (at most <see cref="MostPerCommit"/>
/// inputs), shows the new state, lets the effects out in order. Shares no lock with anybody. A store that fails ends the
/// loop with <see cref="StoreLostException"/>: the failed commit happened whole or not at all, and the session is built anew
/// from the store, which says which.
/// </summary>
public sealed partial class TradeManager(
    TradeInbox inbox, TradeDesk desk, BrokerGateway gateway, SnapshotBoard board, TimeProvider time, ILogger<TradeManager> logger)
{
    private const int MostPerCommit = 64;

    /// <summary>Fewer than these are no crowd, and wait for nobody.</summary>
    private const int Many = 8;

    /// <summary>Longest wait for company; a commit takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMicroseconds(100);

    private static readonly ServiceReply NothingDone = ServiceReply.Failure(ReplyCode.NotReady, "the store does not answer; nothing was done");

    private static readonly ServiceReply NobodyKnows = ServiceReply.Failure(
        ReplyCode.Fault, "the store was lost while it stored this: whether it was done shows when it answers again");

    private readonly Queue<TradeInput> _own = new();
    private int _lastTogether;

    /// <summary>The input that is being decided.</summary>
    private TradeInput? _current;

    /// <summary>Stores what restoring the state changed, and shows the state.</summary>
    /// <exception cref="StoreLostException">The commit failed.</exception>
    public void Begin() => Settle(isFirst: true);

    /// <summary>
    /// Answers whoever waits for this loop, which a trading system holds and which will touch nothing any more. By the one
    /// who took the loop away, after doing so.
    /// </summary>
    public void Forsake(ServiceReply reply)
    {
        (_current as CommandInput)?.Ticket.Answer(reply);
        foreach (var waiting in desk.Turns.SelectMany(turn => turn.Effects).OfType<ReplyEffect>())
        {
            waiting.Command.Answer(reply);
        }
    }

    /// <summary>Runs until the token ends.</summary>
    /// <exception cref="StoreLostException">A commit failed.</exception>
    /// <exception cref="LeaseLostException">Another process holds the account.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
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
        desk.Clear();
        try
        {
            TakeWhatIsThere();
            Gather();
        }
        catch (DbException exception)
        {
            // A client order id of long ago is looked for in the store.
            throw Lost(exception);
        }

        Settle(isFirst: false);
    }

    /// <summary>
    /// Where many came together last time they come together again: a moment's patience lets them share a commit, which
    /// costs far more. A few inputs never wait.
    /// </summary>
    private void Gather()
    {
        var began = time.GetTimestamp();
        while (desk.Turns.Count < _lastTogether && time.GetElapsedTime(began) < Patience)
        {
            Thread.SpinWait(20);
            TakeWhatIsThere();
        }

        _lastTogether = desk.Turns.Count >= Many ? desk.Turns.Count : 0;
    }

    private void TakeWhatIsThere()
    {
        while (desk.Turns.Count < MostPerCommit && Next() is { } input)
        {
            Steps.Pass(Step.InputTaken);
            if (input is CommandInput { Ticket: var ticket } && time.GetTimestamp() > ticket.ExpiresTimestamp)
            {
                ticket.Answer(ServiceReply.Failure(ReplyCode.NotBegun, "the command was not begun in time and will not be"));
                continue;
            }

            if (input is TickInput { PostedTimestamp: > 0 and var posted })
            {
                board.Metrics?.Lag(time.GetElapsedTime(posted));
            }

            _current = input;
            desk.Decide(input);
            _current = null;
        }
    }

    /// <summary>Commits what was decided, shows it, and lets its effects out.</summary>
    private void Settle(bool isFirst)
    {
        Commit();
        board.Publish(desk.State, isFirst ? null : desk.Turns);
        foreach (var turn in desk.Turns)
        {
            if (turn.Effects.Count == 0)
            {
                continue;
            }

            using var scope = turn.RequestId is { } rid ? logger.BeginScope(new LogScope(LogNames.RequestId, rid)) : null;
            foreach (var effect in turn.Effects)
            {
                LetOut(effect);
            }
        }
    }

    private TradeInput? Next() => _own.TryDequeue(out var own) || inbox.TryTake(out own) ? own : null;

    private void Commit()
    {
        try
        {
            desk.Commit();
            desk.Beat();
        }
        catch (DbException exception)
        {
            throw Lost(exception);
        }
        catch (LeaseLostException)
        {
            Forsake(NothingDone);
            throw;
        }
    }

    /// <summary>The end of the loop, told to whoever waits for it.</summary>
    private StoreLostException Lost(DbException exception)
    {
        Forsake(exception is CommitUnknownException ? NobodyKnows : NothingDone);
        return new StoreLostException(exception);
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
                using (line.Event is { } name ? logger.BeginScope(new LogScope(LogNames.EventName, name)) : null)
                {
                    Said(line.Level, line.Message);
                }

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

    [LoggerMessage(EventId = 2029, Message = "{Message}")]
    private partial void Said(LogLevel level, string message);
}
