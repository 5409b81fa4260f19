using System.Globalization;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Answers what changes nothing. Accepted orders younger than the look-up lag are not seen.</summary>
internal sealed class PaperQueries(PaperBook book, PaperStore store, PaperOrders orders, PaperStreams streams, PaperMarketClock clock)
{
    private DateTimeOffset VisibleSince => book.Clock.GetUtcNow() - book.Options.LookUpLag;

    public LookUpAnswer LookUp(PaperAccount account, string reference)
    {
        var order = orders.Find(account, reference);
        if (order is null || (order.State != LookUpKind.Rejected && order.At > VisibleSince))
        {
            return new LookUpAnswer(LookUpKind.Absent, null, 0, "");
        }

        return new LookUpAnswer(
            order.State, order.State == LookUpKind.Rejected ? null : order.DealId, order.ErrorCode, order.Message);
    }

    public IReadOnlyList<BrokerOrder> OpenOrders(PaperAccount account) =>
    [
        .. account.Working.Where(order => order.At <= VisibleSince).Select(order => new BrokerOrder(
            order.Ticket.DealReference, order.DealId, order.Ticket.Epic, order.Ticket.Action, order.Ticket.OpType,
            order.Ticket.OrderType, order.Ticket.Qty)),
    ];

    public BrokerPortfolio Portfolio(PaperAccount account) => new(
        PaperFigures.Of(account, book.Options),
        [
            .. account.Positions.Values.Select(position => new BrokerPosition(
                position.Epic, position.Qty, position.AvgPrice, PaperFigures.LastPrice(account, position), position.StopPrice,
                position.LimitPrice, position.DealIds, position.OpenedAt)),
        ]);

    /// <summary>A page of fills up to the first one that is not to be seen yet; the cursor is the number of the last one.</summary>
    public FillPage Fills(PaperAccount account, string? cursor)
    {
        var after = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var rows = store.Fills(account, after, PaperLimits.FillsPerPage + 1);
        var now = book.Clock.GetUtcNow();
        var page = rows.TakeWhile(row => row.VisibleAt <= now).Take(PaperLimits.FillsPerPage).ToList();
        var last = page.Count > 0 ? page[^1].Number : after;
        return new FillPage(
            [.. page.Select(row => row.Fill)], last.ToString(CultureInfo.InvariantCulture),
            page.Count == PaperLimits.FillsPerPage && rows.Count > page.Count);
    }

    public HistoryAnswer History(PaperAccount account, string epic, int timeFrameSeconds, int count)
    {
        if (book.Market.Find(epic) is not { } instrument)
        {
            return new HistoryAnswer(MarketDataResult.InvalidEpic, []);
        }

        if (!PaperStreams.IsServed(book.Options, instrument, timeFrameSeconds))
        {
            return new HistoryAnswer(MarketDataResult.InvalidTimeFrame, []);
        }

        var known = streams.KnownUntil(account, epic, instrument.First);
        var most = Math.Min(PaperLimits.HistoryFrames, PaperLimits.HistoryBaseBars / (timeFrameSeconds / instrument.BaseSeconds));
        return new HistoryAnswer(MarketDataResult.Ok, instrument.CandlesBefore(known, timeFrameSeconds, Math.Clamp(count, 0, most)));
    }

    /// <summary>Market time; in lockstep the end of the newest bar the account was sent.</summary>
    public DateTimeOffset Time(PaperAccount account) => DateTimeOffset.FromUnixTimeSeconds(
        book.Options.Clock == PaperClockMode.Live
            ? clock.Now
            : account.Streams.Values.Max(stream => stream.LastFrame + stream.TimeFrameSeconds) ?? book.Market.First);
}
