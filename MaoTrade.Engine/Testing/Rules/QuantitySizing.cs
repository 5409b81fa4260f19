using MaoTrade.Engine.Systems;

namespace MaoTrade.Engine.Testing.Rules;

/// <summary>
/// <c>system</c> = as the system says; <c>qty:N</c> = N; <c>equity:F[,buffer:B]</c> = whole units for a part of the equity:
/// ⌊equity · F · (1 − B) / price⌋ with equity and close of the bar of the decision. Nothing is ordered where that is 0.
/// </summary>
public sealed record QuantitySizing : IOrderSizing
{
    private QuantitySizing(string text) => Text = text;

    public static QuantitySizing BySystem { get; } = new("system");

    /// <summary>As it was written.</summary>
    public string Text { get; }

    private decimal? Qty { get; init; }

    private decimal? Share { get; init; }

    private decimal Buffer { get; init; }

    /// <summary>Reads a rule; null when the text is none.</summary>
    public static QuantitySizing? Parse(string text)
    {
        if (text == BySystem.Text)
        {
            return BySystem;
        }

        var parts = RuleText.Read(text);
        return parts?.Keys() switch
        {
            "qty" when parts[0].Value > 0 => new QuantitySizing(text) { Qty = parts[0].Value },
            "equity" when parts[0].Value > 0 => new QuantitySizing(text) { Share = parts[0].Value },
            "equity buffer" when parts[0].Value > 0 && parts[1].Value < 1 =>
                new QuantitySizing(text) { Share = parts[0].Value, Buffer = parts[1].Value },
            _ => null,
        };
    }

    public decimal Of(decimal wanted, SystemPortfolio portfolio, decimal price) =>
        Share is { } share ? Math.Max(0, Math.Floor(portfolio.Equity * share * (1 - Buffer) / price)) : Qty ?? wanted;
}
