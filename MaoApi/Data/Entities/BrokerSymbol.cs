namespace MaoApi.Data.Entities;

/// <summary>A symbol as one broker names and sizes it (<c>symbols_brokers</c>).</summary>
internal sealed class BrokerSymbol : IVersioned
{
    public int Id { get; set; }

    public int SymbolKey { get; set; }

    public int BrokerKey { get; set; }

    /// <summary>The broker's name of the symbol.</summary>
    public required string BrokerEpic { get; set; }

    public decimal MinQty { get; set; }

    public decimal MaxQty { get; set; }

    public decimal QtyStep { get; set; }

    public decimal PriceStep { get; set; }

    /// <summary>Share of the value of each order the broker takes, 0.001 = 0.1 %.</summary>
    public decimal FeeRate { get; set; }

    /// <summary>Share of the value of a position that is held back, 1 = all of it.</summary>
    public decimal MarginRate { get; set; } = 1;

    public required string Currency { get; set; }

    public long Version { get; set; }

    public Symbol? Symbol { get; set; }

    public Broker? Broker { get; set; }
}
