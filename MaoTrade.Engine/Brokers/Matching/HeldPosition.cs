using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Matching;

/// <summary>The net position of an account in one epic; never zero.</summary>
internal sealed record HeldPosition(string Epic, decimal Qty, decimal AvgPrice, DateTimeOffset OpenedAt)
{
    /// <summary>Deals that are named of one position.</summary>
    private const int MostDealIds = 200;

    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }

    /// <summary>Number of the first bar inside which stop and limit may trigger.</summary>
    public long ArmedFromBar { get; init; }

    public IReadOnlyList<string> DealIds { get; init; } = [];

    /// <summary>
    /// The position after an execution that leaves <paramref name="held"/> of it: a new side takes the ticket's stop and
    /// limit, more of the same side those the ticket names, less of it keeps them.
    /// </summary>
    public static HeldPosition? After(
        HeldPosition? before, OrderTicket ticket, string dealId, decimal held, decimal average, long armedFromBar, DateTimeOffset at)
    {
        if (held == 0)
        {
            return null;
        }

        if (before is null || Math.Sign(before.Qty) != Math.Sign(held))
        {
            return new HeldPosition(ticket.Epic, held, average, at)
            {
                StopPrice = ticket.StopPrice,
                LimitPrice = ticket.LimitPrice,
                ArmedFromBar = armedFromBar,
                DealIds = [dealId],
            };
        }

        var grows = Math.Abs(held) > Math.Abs(before.Qty);
        return before with
        {
            Qty = held,
            AvgPrice = average,
            StopPrice = grows ? ticket.StopPrice ?? before.StopPrice : before.StopPrice,
            LimitPrice = grows ? ticket.LimitPrice ?? before.LimitPrice : before.LimitPrice,
            DealIds = grows && before.DealIds.Count < MostDealIds ? [.. before.DealIds, dealId] : before.DealIds,
        };
    }
}
