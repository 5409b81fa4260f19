using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Gateway;

/// <summary>
/// Brings bars to the gateway's history, those of one epic and length in the order of time. A bar goes from its table when the gateway has
/// it or says that it never will; told twice, it is the same bar. What the gateway has no use for at present, such as an epic without a
/// ticker, waits and is offered again later.
/// </summary>
internal sealed partial class BarSender(
    GatewayClient client, EngineStores stores, TradeInbox inbox, TimeProvider time, ILogger<BarSender> logger) : GatewaySender(stores, time)
{
    private const int MostSeries = 100;
    private const int MostOfSeries = 500;
    private const int MostTogether = 2_000;

    /// <summary>The gateway's code of an epic without a ticker.</summary>
    private const int NoTicker = 20;

    /// <summary>How long bars are kept back that the gateway has no use for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Start of the last bar the gateway has: rows may be there a while longer.</summary>
    private readonly Dictionary<LiveSeries, long> _taken = [];

    /// <summary>When the gateway had no use for bars.</summary>
    private readonly Dictionary<LiveSeries, long> _paused = [];

    protected override async Task SendAsync(CancellationToken cancellationToken)
    {
        var batch = Gather();
        if (batch.Count == 0)
        {
            return;
        }

        var answer = await client.StoreAsync(new BarBatch([.. batch.Select(part => BarMessage.Of(part.Series, part.Bars))]), cancellationToken);
        if (answer.Results is not { } results || !results.Select(result => result.Epic).SequenceEqual(batch.Select(part => part.Series.Epic)))
        {
            throw new GatewayException("the gateway's answer is not about the bars sent");
        }

        var taken = new List<TakenBars>();
        foreach (var ((series, bars), result) in batch.Zip(results))
        {
            if (result.Code != 0)
            {
                _paused[series] = Time.GetTimestamp();
                Unwanted(result.Code == NoTicker ? LogLevel.Information : LogLevel.Warning, series.TimeFrameSeconds, series.Epic, result.Message);
                continue;
            }

            if (result.Refused is { Count: > 0 } refused)
            {
                Refused(refused.Count, series.TimeFrameSeconds, series.Epic, refused[0].Row, refused[0].Message);
            }

            _taken[series] = bars[^1].UnixSeconds;
            taken.Add(new TakenBars(series, bars[0].UnixSeconds, bars[^1].UnixSeconds));
        }

        if (taken.Count > 0)
        {
            await inbox.PostAsync(new BarsTakenInput(taken), cancellationToken);
        }
    }

    private List<(LiveSeries Series, IReadOnlyList<Frame> Bars)> Gather()
    {
        var batch = new List<(LiveSeries, IReadOnlyList<Frame>)>();
        var room = MostTogether;
        foreach (var (series, last) in Waiting(store => store.WaitingSeries()))
        {
            var after = _taken.GetValueOrDefault(series, long.MinValue);
            if (last <= after || IsPaused(series))
            {
                continue;
            }

            if (room == 0 || batch.Count == MostSeries)
            {
                break;
            }

            var bars = Waiting(store => store.WaitingBars(series, after, Math.Min(room, MostOfSeries)));
            if (bars.Count > 0)
            {
                room -= bars.Count;
                batch.Add((series, bars));
            }
        }

        return batch;
    }

    private bool IsPaused(LiveSeries series)
    {
        if (!_paused.TryGetValue(series, out var since))
        {
            return false;
        }

        if (Time.GetElapsedTime(since) < Pause)
        {
            return true;
        }

        _paused.Remove(series);
        return false;
    }

    [LoggerMessage(2823, LogLevel.Warning, "Bars wait for the gateway: {Reason}")]
    protected override partial void Unheard(string reason);

    [LoggerMessage(EventId = 2824, Message = "Bars of {Seconds} s of {Epic} stay here for a while: {Reason}")]
    private partial void Unwanted(LogLevel level, int seconds, string epic, string reason);

    [LoggerMessage(2825, LogLevel.Error, "The gateway refuses {Count} bars of {Seconds} s of {Epic}, the first is bar {Row}: {Reason}")]
    private partial void Refused(int count, int seconds, string epic, int row, string reason);
}
