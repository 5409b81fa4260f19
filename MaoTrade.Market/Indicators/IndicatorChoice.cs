namespace MaoTrade.Market.Indicators;

/// <summary>An indicator with the numbers it is to be made with; they fit.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Parameters">One number for each of its parameters.</param>
public sealed record IndicatorChoice(IndicatorDefinition Definition, IReadOnlyList<double> Parameters)
{
    /// <summary>The indicator, without values.</summary>
    public IBarIndicator Begin() => Definition.Make(Parameters);
}
