namespace MaoApi.Data.Entities;

/// <summary>Which ticker of the market data a data epic is (<c>symbols_tickers</c>).</summary>
internal sealed class SymbolTicker
{
    public int Id { get; set; }

    public required string DataEpic { get; set; }

    /// <summary>Key of the ticker in <c>maodata</c>.</summary>
    public int TickerKey { get; set; }

    public bool IsEnabled { get; set; }
}
