namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>One step of an order's life.</summary>
public sealed class OrderChangeRow
{
    public required string OrderId { get; set; }

    public int Number { get; set; }

    public long At { get; set; }

    public int ExecState { get; set; }

    public int DealStatus { get; set; }

    public required string Note { get; set; }

    public double LatencyMs { get; set; }
}
