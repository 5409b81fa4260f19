using System.ComponentModel.DataAnnotations;
using MaoApi.Http;
using MaoApi.MarketData;

namespace MaoApi.Features.Srv;

public sealed record GapsQuery
{
    /// <summary>Length of a bar, seconds; one that is stored.</summary>
    [Required]
    public int? TimeFrame { get; init; }
}

internal sealed record Gaps(int TickerId, string Symbol, int TimeFrame, long From, long To, int Missing, IReadOnlyList<HistoryGap> Items);

internal static class GetGaps
{
    /// <summary>The latest are what somebody can still fill.</summary>
    private const int MostGaps = 1_000;

    public static async Task<Answer<Gaps>> HandleAsync(
        int tickerId, [AsParameters] GapsQuery query, StoredHistory history, HistoryGaps gaps, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(tickerId, cancellationToken) is not { } ticker)
        {
            return new Failure(ApiCodes.NoData, $"unknown ticker {tickerId}");
        }

        if (ticker.Series.FirstOrDefault(series => series.TimeFrameSeconds == query.TimeFrame) is not { } stored)
        {
            return ticker.Series.Count == 0 ? new Failure(ApiCodes.NoData, "no data") : GetHistory.UnknownTimeFrame(ticker, orMultiple: false);
        }

        var found = await gaps.FindAsync(ticker.Key, stored, cancellationToken);
        return new Gaps(
            ticker.Key, ticker.Symbol, stored.TimeFrameSeconds, stored.StartFrame, stored.EndFrame, found.Sum(gap => gap.Missing), [.. found.TakeLast(MostGaps)]);
    }
}
