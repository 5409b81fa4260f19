namespace MaoApi.Data.Entities;

/// <summary>A symbol as one broker names and sizes it (<c>symbols_brokers</c>).</summary>
internal sealed class BrokerSymbol
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

    public required string Currency { get; set; }

    public Symbol? Symbol { get; set; }

    public Broker? Broker { get; set; }
}
