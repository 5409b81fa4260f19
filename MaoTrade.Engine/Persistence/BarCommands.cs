using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Engine.Persistence;

/// <summary>Writes bars for the gateway's history, and takes away what it has.</summary>
internal sealed class BarCommands(IStoreConnection connection) : IDisposable
{
    /// <summary>Bars of one epic and length that wait at most: a day and a half of minutes. A gateway that stays away for longer misses the oldest.</summary>
    private const int MostWaiting = 2_000;

    private readonly StoredFrames<LiveSeries> _waiting = new(
        connection, "SELECT frame FROM bars WHERE epic = $1 AND time_frame = $2 ORDER BY frame", series => [series.Epic, series.TimeFrameSeconds]);

    private readonly IStoreStatement _put = connection.Prepare(
        "REPLACE INTO bars (epic, time_frame, frame, open, high, low, close, volume) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

    private readonly IStoreStatement _drop = connection.Prepare("DELETE FROM bars WHERE epic = $1 AND time_frame = $2 AND frame BETWEEN $3 AND $4");

    public void Write(ChangeSet change)
    {
        foreach (var (series, first, last) in change.TakenBars)
        {
            Drop(series, first, last);
            _waiting.Forget(series, first, last);
        }

        foreach (var (series, bar) in change.Bars)
        {
            _put.Run(
                series.Epic, series.TimeFrameSeconds, bar.UnixSeconds, bar.Open.ToString(), bar.High.ToString(), bar.Low.ToString(),
                bar.Close.ToString(), bar.Volume.ToString());
            foreach (var dropped in _waiting.Add(series, bar.UnixSeconds, MostWaiting))
            {
                Drop(series, dropped, dropped);
            }
        }
    }

    public void Dispose()
    {
        _put.Dispose();
        _drop.Dispose();
    }

    private void Drop(LiveSeries series, long first, long last) => _drop.Run(series.Epic, series.TimeFrameSeconds, first, last);
}
