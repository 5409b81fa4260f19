namespace MaoApi.Data.Entities;

/// <summary>A parameter of a trading system (<c>tradingsystems_params</c>).</summary>
internal sealed class TradingSystemParameter
{
    public int Id { get; set; }

    public int SystemKey { get; set; }

    /// <summary>Place in the form that asks for the parameters.</summary>
    public int Position { get; set; }

    public required string Key { get; set; }

    /// <summary><c>int</c>, <c>decimal</c>, <c>string</c>, <c>enum</c>, <c>bool</c> or <c>time</c>.</summary>
    public required string Type { get; set; }

    public bool IsRequired { get; set; }

    public string? Default { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    /// <summary>The words of an <c>enum</c>, a JSON array; null for other types.</summary>
    public string? Values { get; set; }

    public string Label { get; set; } = "";
}
