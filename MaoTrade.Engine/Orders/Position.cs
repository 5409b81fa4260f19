using System.Collections.Immutable;

namespace MaoTrade.Engine.Orders;

/// <summary>The net position of one epic; on the wire in this shape (contract: Pos).</summary>
public sealed record Position
{
    public required string Epic { get; init; }

    /// <summary>Signed: negative is short.</summary>
    public required decimal Qty { get; init; }

    public required decimal AvgPrice { get; init; }

    public required decimal LastPrice { get; init; }

    /// <summary>Open profit at the last price, in the epic's price units times quantity.</summary>
    public decimal Pnl => (LastPrice - AvgPrice) * Qty;

    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }

    public ImmutableArray<string> DealIds { get; init; } = [];

    public string System { get; init; } = "";

    public string? SignalId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
}
