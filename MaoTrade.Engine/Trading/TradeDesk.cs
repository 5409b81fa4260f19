using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Decisions;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Decides inputs and commits what they change; those decided together share a commit, each whole. No thread, no queue, no
/// wait: the trade loop drives it live, the system test and the simulator under clocks of their own. Owns the state. Not
/// thread-safe; after a commit that failed it is of no use.
/// </summary>
/// <param name="store">Where the rows go.</param>
/// <param name="tools">What decisions work with.</param>
/// <param name="time">Wall time, for the record.</param>
/// <param name="state">What the store holds.</param>
public sealed class TradeDesk(IEngineStore store, TradingTools tools, TimeProvider time, TradingState state)
{
    private readonly List<Turn> _turns = tools.Restoration is { } restoration ? [restoration] : [];
    private readonly List<ChangeSet> _changes = [];
    private readonly Stack<Turn> _spare = [];

    /// <summary>The state after the last decision.</summary>
    public TradingState State { get; private set; } = state;

    /// <summary>
    /// What was decided since <see cref="Clear"/>, in order; its effects may leave after <see cref="Commit"/>. Turns are the
    /// desk's own: after <see cref="Clear"/> they decide other inputs.
    /// </summary>
    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>
    /// Decides one input; nothing is stored yet. What the store remembers leaves memory with it, so that the state stays of
    /// one size: <see cref="TradingState.WithoutOldest"/>.
    /// </summary>
    public Turn Decide(TradeInput input)
    {
        var command = input as CommandInput;
        var turn = Begin();
        turn.RequestId = command?.Ticket.RequestId;
        TradeDecider.Decide(turn, command is null ? input : Recall(command));
        State = turn.State.WithoutOldest();
        _turns.Add(turn);
        return turn;
    }

    /// <summary>Stores the rows of everything decided since <see cref="Clear"/> in one transaction.</summary>
    /// <exception cref="CommitUnknownException">All was stored, or nothing.</exception>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored.</exception>
    /// <exception cref="LeaseLostException">Another process holds the account; nothing was stored.</exception>
    public void Commit()
    {
        _changes.Clear();
        foreach (var turn in _turns)
        {
            if (!turn.Changes.IsEmpty)
            {
                _changes.Add(turn.Changes);
            }
        }

        if (_changes.Count > 0)
        {
            State = State with { Version = State.Version + _changes.Count };
            Steps.Pass(Step.BeforeCommit);
            store.Commit(_changes, State);
            foreach (var change in _changes)
            {
                change.MarkCommitted();
            }

            Steps.Pass(Step.AfterCommit);
        }
    }

    /// <summary>Lets go of what the store remembers (<see cref="TradingState.Forget"/>); after a commit.</summary>
    public void Forget(int latestEnded) => State = State.Forget(latestEnded);

    /// <summary>Shows that this process lives, where nothing was to be stored.</summary>
    /// <exception cref="System.Data.Common.DbException">The store does not answer.</exception>
    /// <exception cref="LeaseLostException">Another process holds the account.</exception>
    public void Beat() => store.Beat();

    /// <summary>Begins anew: what was decided is committed and its effects are out. The turns are used again.</summary>
    public void Clear()
    {
        foreach (var turn in _turns)
        {
            if (turn != tools.Restoration)
            {
                _spare.Push(turn);
            }
        }

        _turns.Clear();
    }

    private Turn Begin()
    {
        var now = time.GetUtcNow();
        if (!_spare.TryPop(out var turn))
        {
            return new Turn(State, tools, now);
        }

        turn.Begin(State, now);
        return turn;
    }

    /// <summary>A client order id that is not in memory may belong to an order of long ago.</summary>
    private CommandInput Recall(CommandInput input)
    {
        var clientId = input.Command switch
        {
            OpenPositionCommand open => open.ClientOrderId,
            ClosePositionCommand close => close.ClientOrderId,
            ModifyPositionCommand modify => modify.ClientOrderId,
            _ => null,
        };
        return clientId is not null && !State.HoldsAllOrders && !State.ByClientId.ContainsKey(clientId)
            ? input with { Earlier = store.FindByClientId(clientId) }
            : input;
    }
}
