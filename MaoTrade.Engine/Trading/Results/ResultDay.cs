namespace MaoTrade.Engine.Trading.Results;

/// <summary>One trading day of a result; on the wire in this shape (PROTOCOL.md, srvId 15).</summary>
public sealed record ResultDay
{
    public required DateOnly Date { get; init; }

    public required decimal? StartEquity { get; init; }

    public required decimal? EndEquity { get; init; }

    public required int Trades { get; init; }

    public required int Wins { get; init; }

    public required int Losses { get; init; }

    public required decimal Profit { get; init; }

    public required decimal? Fees { get; init; }

    public required double? MaxDrawdown { get; init; }

    public required double? Return { get; init; }
}
