using MaoTrade.Engine.Orders;
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

    private readonly List<string> _log = [];

    /// <summary>Name in signals, for example <c>MacdCrossover</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line for people.</summary>
    public abstract string Description { get; }

    /// <summary>The parameters it knows.</summary>
    public abstract IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>Closed frames that <see cref="Resume"/> needs to be as if it had never stopped; given the parameters.</summary>
    public virtual int ResumeFrames(ParameterSet parameters) => 0;

    /// <summary>Whether the system has done what it was made for; it gets no actions through any more.</summary>
    public bool IsCompleted => State.GetBoolean("completed");

    /// <summary>The values of this signal.</summary>
    protected ParameterSet Values { get; private set; } = null!;

    /// <summary>What survives a restart; stored with each frame.</summary>
    protected internal SystemState State { get; private set; } = new();

    /// <summary>Checks across parameters; types and ranges are already checked.</summary>
    public virtual void ValidateSignal(ParameterSet parameters, SystemPortfolio portfolio, ICollection<SignalError> errors)
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

    internal void Bind(ParameterSet values, SystemState state)
    {
        Values = values;
        State = state;
    }

    /// <summary>The lines written since the last call; the framework stores and logs them.</summary>
    internal IReadOnlyList<string> TakeLog()
    {
        if (_log.Count == 0)
        {
            return [];
        }

        var lines = _log.ToArray();
        _log.Clear();
        return lines;
    }

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

    /// <summary>Writes a line to the system's own log.</summary>
    protected void Log(string message) => _log.Add(message);

    /// <summary>Says that the system has done what it was made for.</summary>
    protected void Complete() => State.Set("completed", true);
}
