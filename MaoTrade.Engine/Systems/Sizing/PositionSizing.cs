using MaoTrade.Engine.Systems.Parameters;

namespace MaoTrade.Engine.Systems.Sizing;

/// <summary>
/// How much a signal trades: a fixed <c>qty</c>, or by <c>sizing_mode</c> a fraction of the equity's worth
/// (equity · value / price) or the quantity that loses a fraction of the equity at the stop
/// (equity · value / |price − stop|), rounded down to the instrument's step. Price and equity count in one currency.
/// </summary>
public static class PositionSizing
{
    private const string Fixed = "qty";
    private const string OfEquity = "equity";
    private const string AtRisk = "risk";

    /// <summary>The parameters of a system that is sized like this.</summary>
    /// <param name="qty">Default of <c>qty</c>; null = it must be given where it counts.</param>
    public static IReadOnlyList<ParameterDefinition> Parameters(decimal? qty) =>
    [
        new("qty", ParameterType.Decimal, "Quantity") { Default = qty, Min = 0, Max = 1_000_000_000 },
        new("sizing_mode", ParameterType.Enum, "What the quantity follows: qty, a fraction of the equity, or a fraction of it at risk to the stop")
        {
            Default = Fixed, Values = [Fixed, OfEquity, AtRisk],
        },
        new("sizing_value", ParameterType.Decimal, "Fraction of the equity, for sizing_mode equity and risk") { Min = 0.000_001m, Max = 100 },
    ];

    /// <summary>Checks them together.</summary>
    /// <param name="parameters">The values.</param>
    /// <param name="hasStop">Whether positions have a stop, which sizing by risk needs.</param>
    /// <param name="errors">Where faults go.</param>
    public static void Validate(ParameterSet parameters, bool hasStop, ICollection<SignalError> errors)
    {
        var mode = parameters.Text("sizing_mode");
        if (mode == Fixed)
        {
            if (parameters.DecimalOr("qty", 0) <= 0)
            {
                errors.Add(new SignalError("params.qty", "required", "qty must be a number above 0"));
            }

            return;
        }

        if (parameters.DecimalOr("sizing_value", 0) <= 0)
        {
            errors.Add(new SignalError("params.sizing_value", "required", $"sizing_value must be a number above 0 for sizing_mode {mode}"));
        }

        if (mode == AtRisk && !hasStop)
        {
            errors.Add(new SignalError("params.sizing_mode", "value", "sizing_mode risk needs a stop"));
        }
    }

    /// <summary>The quantity for a position that is opened now; 0 = too little for one step or for the smallest quantity.</summary>
    public static decimal Quantity(
        ParameterSet parameters, SystemContext context, in SystemPortfolio portfolio, decimal price, decimal? stopPrice)
    {
        var mode = parameters.Text("sizing_mode");
        if (mode == Fixed)
        {
            return parameters.Decimal("qty");
        }

        var perUnit = mode == AtRisk ? Math.Abs(price - (stopPrice ?? price)) : price;
        if (perUnit <= 0 || portfolio.Equity <= 0)
        {
            return 0;
        }

        var quantity = portfolio.Equity * parameters.Decimal("sizing_value") / perUnit;
        quantity = Math.Min(quantity, context.MaxQty ?? quantity);
        var step = context.QtyStep is > 0 ? context.QtyStep.Value : 0.000_001m;
        quantity = Math.Floor(quantity / step) * step;
        return quantity < (context.MinQty ?? 0) ? 0 : quantity;
    }
}
