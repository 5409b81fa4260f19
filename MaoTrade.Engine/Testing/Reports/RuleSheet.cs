using MaoTrade.Engine.Testing.Rules;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The rules of a test as reports name them.</summary>
internal static class RuleSheet
{
    public static string Fill(BacktestRules rules) => rules.Fill == FillMoment.Close ? "close" : "next-open";

    public static string AtEnd(BacktestRules rules) => rules.AtEnd == EndRule.Close ? "close" : "hold";

    /// <summary>Stops and limits of the position are looked at inside every bar, a gap fills at the open.</summary>
    public const string Stops = "inside-bar";

    /// <summary>One line for people.</summary>
    public static string Text(BacktestRules rules) =>
        $"fill {Fill(rules)}, fee {rules.Fee.Text}, slippage {RuleText.Number(rules.Slippage)}, spread {RuleText.Number(rules.Spread)}, "
        + $"sizing {rules.Sizing.Text}, stops {Stops}, at the end {AtEnd(rules)}, adjust {rules.Adjust ?? "none"}";
}
