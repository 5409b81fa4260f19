namespace MaoTrade.Engine.Testing.Rules;

/// <summary>
/// What a fill costs: <c>none</c>; <c>per-share:R[,min:M]</c> = max(M, R · quantity); <c>percent:P</c> = P / 100 · price ·
/// quantity. Taken from the cash with the fill.
/// </summary>
public sealed record FeeModel
{
    private FeeModel(string text) => Text = text;

    public static FeeModel None { get; } = new("none");

    /// <summary>As it was written.</summary>
    public string Text { get; }

    private decimal PerShare { get; init; }

    private decimal Least { get; init; }

    private decimal Percent { get; init; }

    /// <summary>Reads a model; null when the text is none.</summary>
    public static FeeModel? Parse(string text)
    {
        if (text == "none")
        {
            return None;
        }

        var parts = RuleText.Read(text);
        return parts?.Keys() switch
        {
            "per-share" => new FeeModel(text) { PerShare = parts[0].Value },
            "per-share min" => new FeeModel(text) { PerShare = parts[0].Value, Least = parts[1].Value },
            "percent" => new FeeModel(text) { Percent = parts[0].Value },
            _ => null,
        };
    }

    /// <summary>The fee of one fill.</summary>
    public decimal Of(decimal qty, decimal price) => Math.Max(Least, PerShare * qty) + (Percent / 100m * price * qty);
}
