using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Datastore;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems;

/// <summary>
/// A trading system: four methods and, where needed, events. The framework owns the order path, the storing of
/// <see cref="State"/>, the log, the parameters and the recovery. All calls come from the trade loop, one at a time;
/// a system neither waits, nor reads a clock, nor draws random numbers: same frames, same decisions.
/// </summary>
public abstract class TradingSystem
{
    /// <summary>Actions are remembered this long, in market time.</summary>
    public static readonly TimeSpan ActionMemory = TimeSpan.FromSeconds(600);

    private readonly SystemJournal _journal = new();
    private int _stateVersion = 1;

    /// <summary>Name in signals, for example <c>MacdCrossover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line for people.</summary>
    public abstract string Description { get; }

    /// <summary>The parameters it knows.</summary>
    public abstract IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>Version of what it keeps in its state; a change of meaning makes it one higher (<see cref="Migrate"/>).</summary>
    public virtual int StateVersion => 1;

    /// <summary>Closed frames that <see cref="Resume"/> needs to be as if it had never stopped; given the parameters.</summary>
    public virtual int ResumeFrames(ParameterSet parameters) => 0;

    /// <summary>Whether the system has done what it was made for; it gets no actions through any more.</summary>
    public bool IsCompleted => State.GetBoolean("completed");

    /// <summary>The values of this signal.</summary>
    protected ParameterSet Values { get; private set; } = null!;

    /// <summary>What survives a restart; stored with each frame that changed it.</summary>
    protected internal SystemState State { get; private set; } = new();

    /// <summary>Instrument, time frame, time zone and steps of this signal.</summary>
    protected SystemContext Context { get; private set; } = null!;

    /// <summary>Its chart, with the points of earlier runs.</summary>
    protected internal SystemChart Chart { get; private set; } = new();

    /// <summary>Texts by key that it shares with the people who watch it.</summary>
    protected internal SystemDatastore Datastore { get; private set; } = new();

    /// <summary>The last snapshot, which may not have been written yet.</summary>
    internal SystemSnapshot? Snapshot { get; private set; }

    /// <summary>Checks across parameters; types and ranges are already checked.</summary>
    public virtual void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
    {
    }

    /// <summary>
    /// The place to make indicators and declare series of the chart: <see cref="Values"/>, <see cref="Context"/> and
    /// <see cref="State"/> are known. Called before <see cref="Initialize"/> and <see cref="Resume"/>.
    /// </summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Called once before the first frame, and again (<paramref name="isFirst"/> false) after an edit.</summary>
    public abstract void Initialize(SystemPortfolio portfolio, bool isFirst);

    /// <summary>Takes one frame and answers what to do.</summary>
    public abstract SystemDecision ProcessData(in SystemFrame frame, SystemPortfolio portfolio);

    /// <summary>
    /// Rebuilds after a restart what <see cref="State"/> does not hold, from the last <see cref="ResumeFrames"/> closed
    /// frames, oldest first. Afterwards the system decides exactly as if it had never stopped.
    /// </summary>
    public abstract void Resume(IReadOnlyList<Frame> frames, SystemPortfolio portfolio, DateTimeOffset now);

    /// <summary>The broker took an order of this system.</summary>
    public virtual void OnOrderAccepted(Order order)
    {
    }

    /// <summary>An order of this system is filled to the last.</summary>
    public virtual void OnOrderFilled(Order order)
    {
    }

    /// <summary>An order of this system ended in an error; the system is in error too.</summary>
    public virtual void OnOrderError(Order order)
    {
    }

    /// <summary>Market data of its epic stopped.</summary>
    public virtual void OnMarketDataError(string message)
    {
    }

    /// <summary>Market data of its epic is back.</summary>
    public virtual void OnMarketDataRestored()
    {
    }

    /// <summary>Somebody wrote a key of the datastore; null = it is gone.</summary>
    public virtual void OnDatastoreWritten(string key, string? value)
    {
    }

    /// <summary>
    /// Brings a state of an earlier version to <see cref="StateVersion"/>, step by step; called before anything else. A
    /// state of a later version never comes here: such a signal is put in error and its state is kept.
    /// </summary>
    protected internal virtual void Migrate(int from, SystemState state) =>
        throw new InvalidOperationException($"no migration from version {from} of its state");

    /// <summary>
    /// Writes into <see cref="State"/> what the system keeps in fields of its own. Called after each call in which the
    /// system said <see cref="Touch"/> or set a value.
    /// </summary>
    protected virtual void SaveState()
    {
    }

    /// <summary>Whether the catalogue has another version of this system, which takes over when its epic is flat.</summary>
    internal virtual bool IsOutdatedBy(SystemCatalog catalog) => catalog.TypeOf(Name) is { } type && type != GetType();

    /// <summary>Another catalogue is in use from now on.</summary>
    internal virtual void OnCatalog(SystemCatalog catalog)
    {
    }

    internal void Bind(ParameterSet values, SystemState state, SystemContext context, SystemChart? chart = null, SystemDatastore? datastore = null)
    {
        Values = values;
        State = state;
        Context = context;
        _stateVersion = StateVersion;
        Chart = chart ?? Chart;
        Datastore = datastore ?? Datastore;
        Prepare();
    }

    /// <summary>The lines written since the last call; the framework stores and logs them.</summary>
    internal IReadOnlyList<JournalLine> TakeLog() => _journal.Take();

    /// <summary>The state as it is now, to be stored.</summary>
    internal SystemSnapshot TakeSnapshot()
    {
        State.MarkSaved();
        return Snapshot = new SystemSnapshot(this);
    }

    /// <summary>Brings <see cref="State"/> up to date after a call that changed something.</summary>
    internal void SaveChanges()
    {
        if (State.IsDirty)
        {
            SaveState();
        }
    }

    /// <summary>The text to store.</summary>
    internal string WriteState() => SystemStateDocument.Write(_stateVersion, State);

    internal void Remember(SystemAction action, DateTimeOffset now)
    {
        State.Set("action", (long)action);
        State.Set("actionTime", now.ToUnixTimeSeconds());
    }

    /// <summary>The last action that was carried out within <see cref="ActionMemory"/> before a market time, else NoAction.</summary>
    protected SystemAction RecentAction(DateTimeOffset now) =>
        now.ToUnixTimeSeconds() - State.GetInt64("actionTime") <= (long)ActionMemory.TotalSeconds
            ? (SystemAction)State.GetInt64("action")
            : SystemAction.NoAction;

    /// <summary>Says that fields changed that <see cref="SaveState"/> stores.</summary>
    protected void Touch() => State.Touch();

    /// <summary>Writes a line to the system's own log and to the engine's; bounded per call.</summary>
    protected void Log(string message, Severity severity = Severity.Info) => _journal.Add(severity, message);

    /// <summary>Writes a line that programs look for, one of <see cref="Logs.LogEvents"/>.</summary>
    private protected void Log(string message, string name) => _journal.Add(Severity.Info, message, name: name);

    /// <summary>Sends a message to the people who follow the account; stored like a line of the log.</summary>
    protected void Push(string title, string message, Severity severity = Severity.Info) => _journal.Add(severity, message, title);

    /// <summary>Says that the system has done what it was made for.</summary>
    protected void Complete() => State.Set("completed", true);
}
