using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>A running system and what it runs on: the row of an epic in the title table. Owned by the trade loop.</summary>
public sealed class Title(string signalId, string epic, int timeFrameSeconds, TradingSystem system, ParameterSet parameters)
{
    private readonly Queue<Frame> _frames = new();

    public string SignalId { get; } = signalId;

    public string Epic { get; } = epic;

    public int TimeFrameSeconds { get; } = timeFrameSeconds;

    public TradingSystem System { get; } = system;

    /// <summary>The name it was made by.</summary>
    public string SystemName { get; } = system.Name;

    /// <summary>How many closed frames are kept, here and in the store.</summary>
    public int FramesKept { get; } = Math.Max(1, system.ResumeFrames(parameters));

    /// <summary>Start of the last closed frame taken; frames up to it are repetitions.</summary>
    public long LastFrame { get; private set; } = long.MinValue;

    /// <summary>Failed subscriptions in a row.</summary>
    public int FailedSubscriptions { get; set; }

    /// <summary>Closed frames, oldest first: what a resume needs.</summary>
    public IReadOnlyCollection<Frame> Frames => _frames;

    /// <summary>The system as the store would give it back: its whole state, to go on with in another instance.</summary>
    public StoredSystem Store() => new(
        System.WriteState(),
        [.. _frames],
        [.. System.Chart.Series.SelectMany(series => series.Points.Select(point => new StoredPoint(series.Area, series.Name, point.Frame, point.Value)))],
        new Dictionary<string, string>(System.Datastore.All));

    public void Keep(Frame frame)
    {
        LastFrame = frame.UnixSeconds;
        _frames.Enqueue(frame);
        while (_frames.Count > FramesKept)
        {
            _frames.Dequeue();
        }
    }
}
