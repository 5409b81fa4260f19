namespace MaoTrade.Market.Figures;

/// <summary>One day of a result; on the wire in this shape (PROTOCOL.md, srvId 15). Definitions: docs/figures.md.</summary>
public sealed record ResultDay
{
    public required DateOnly Date { get; init; }

    /// <summary>First equity of the day; null where none is known.</summary>
    public required decimal? StartEquity { get; init; }

    /// <summary>Last equity of the day.</summary>
    public required decimal? EndEquity { get; init; }

    /// <summary>Trades closed on the day.</summary>
    public required int Trades { get; init; }

    public required int Wins { get; init; }

    public required int Losses { get; init; }

    /// <summary>Sum of the trades' profits and losses.</summary>
    public required decimal Profit { get; init; }

    /// <summary>Fees of the trades; null where those of one of them are not known.</summary>
    public required decimal? Fees { get; init; }

    /// <summary>Largest fall within the day, as a part of its highest equity so far.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>Last equity / first equity − 1; null without equity and where the day began without any.</summary>
    public required double? Return { get; init; }

    /// <summary>A day from its equity and its trades.</summary>
    public static ResultDay Of(DateOnly date, EquityDay? equity, IReadOnlyCollection<TradeOutcome> trades) => new()
    {
        Date = date,
        StartEquity = equity?.Start,
        EndEquity = equity?.Last,
        Trades = trades.Count,
        Wins = trades.Count(trade => trade.Pnl > 0),
        Losses = trades.Count(trade => trade.Pnl < 0),
        Profit = trades.Sum(trade => trade.Pnl),
        Fees = Performance.Fees(trades),
        MaxDrawdown = equity?.MaxDrawdown,
        Return = equity is { Start: > 0 } ? (double)(equity.Last / equity.Start) - 1 : null,
    };
}
