namespace MaoApi.MarketData.Import;

/// <summary>A ticker as an import names it; what is empty leaves that of a known ticker as it is.</summary>
internal sealed record TickerForm(string Symbol, string Name = "", string Market = "", string Currency = "")
{
    private const int MostSymbolChars = 64;
    private const int MostNameChars = 200;
    private const int MostMarketChars = 40;
    private const int CurrencyChars = 3;

    /// <summary>The file it was read from; null where it was none of Metastock.</summary>
    public string? FilePath { get; init; }

    /// <summary>Bytes of a row of the file.</summary>
    public int? RecordSizeBytes { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Fault =>
        Symbol.Length is 0 or > MostSymbolChars || Symbol.Any(char.IsControl) || Symbol.Trim() != Symbol ? $"a symbol is 1 to {MostSymbolChars} visible characters"
        : Name.Length > MostNameChars ? $"a name is up to {MostNameChars} characters"
        : Market.Length > MostMarketChars ? $"a market is up to {MostMarketChars} characters"
        : Currency.Length is not (0 or CurrencyChars) ? $"a currency is {CurrencyChars} letters"
        : null;
}
