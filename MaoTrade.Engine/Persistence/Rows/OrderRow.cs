namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>An order: what is searched stands in columns, the document is its wire shape without the changes.</summary>
public sealed class OrderRow
{
    public required string OrderId { get; set; }

    public string? ClientOrderId { get; set; }

    public required string DealReference { get; set; }

    public required string System { get; set; }

    public required string Epic { get; set; }

    public int ExecState { get; set; }

    public int DealStatus { get; set; }

    public int Attempt { get; set; }

    public long Created { get; set; }

    public long Modified { get; set; }

    public required string Document { get; set; }

    public int CancelAttempt { get; set; }

    /// <summary>Declared filled by an operator, not yet confirmed by a fill.</summary>
    public required string AssumedQty { get; set; }

    /// <summary>The intent that follows when it is filled, as JSON.</summary>
    public string? OnFilled { get; set; }
}
