namespace MaoTrade.Engine.Systems;

/// <summary>What a system may know of the account: its epic's position and the money.</summary>
/// <param name="Qty">Signed quantity of the epic; 0 = flat.</param>
/// <param name="AvgPrice">Average price of the position; 0 when flat.</param>
/// <param name="Equity">Equity of the account in its currency.</param>
/// <param name="Cash">Cash of the account in its currency.</param>
public readonly record struct SystemPortfolio(decimal Qty, decimal AvgPrice, decimal Equity, decimal Cash)
{
    public bool IsFlat => Qty == 0;

    public bool IsLong => Qty > 0;

    public bool IsShort => Qty < 0;
}
