using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>A running system and what it runs on: the row of an epic in the title table. Owned by the trade loop.</summary>
public sealed class Title(
    string signalId, string epic, int timeFrameSeconds, TradingSystem system, ParameterSet parameters, FeedMark? mark = null)
{
    private readonly Queue<Frame> _frames = new();

    public string SignalId { get; } = signalId;

    public string Epic { get; } = epic;

    public int TimeFrameSeconds { get; } = timeFrameSeconds;

    public TradingSystem System { get; } = system;

    /// <summary>The name it was made by.</summary>
    public string SystemName { get; } = system.Name;

    /// <summary>Closed frames the system wants to have seen before its first one.</summary>
    public int FramesWanted { get; } = system.ResumeFrames(parameters);

    /// <summary>How many closed frames are kept, here and in the store.</summary>
    public int FramesKept => Math.Max(1, FramesWanted);

    /// <summary>How its frames come in.</summary>
    public Feed Feed { get; } = new(timeFrameSeconds, mark);

    /// <summary>Start of the last closed frame taken; frames up to it are repetitions.</summary>
    public long LastFrame { get; private set; } = long.MinValue;

    /// <summary>Closed frames, oldest first: what a resume needs.</summary>
    public IReadOnlyCollection<Frame> Frames => _frames;

    /// <summary>End of what was taken so far; <see cref="long.MinValue"/> when that is nothing.</summary>
    public long TakenUntil => Math.Max(Feed.Until, LastFrame == long.MinValue ? long.MinValue : LastFrame + TimeFrameSeconds);

    /// <summary>Whether the broker's frame that begins at a moment is a repetition, or older than one that was taken.</summary>
    public bool HasTaken(long unixSeconds) =>
        Feed.IsWhole ? unixSeconds <= LastFrame : unixSeconds < TakenUntil;

    /// <summary>The system as the store would give it back: its whole state, to go on with in another instance.</summary>
    public StoredSystem Store() => new(
        System.WriteState(),
        [.. _frames],
        [.. System.Chart.Series.SelectMany(series => series.Points.Select(point => new StoredPoint(series.Area, series.Name, point.Frame, point.Value)))],
        new Dictionary<string, string>(System.Datastore.All))
    {
        Mark = Feed.StoredMark,
    };

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
