using System.Globalization;
using static MaoTrade.Market.Indicators.IndicatorParameter;

namespace MaoTrade.Market.Indicators;

/// <summary>
/// The indicators charts and studies can ask for, written as <c>sma:20,macd:12:26:9,obv</c>: a name and its numbers, all of
/// them or none for the usual ones.
/// </summary>
public static class IndicatorCatalog
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, IndicatorDefinition> All { get; } = new[]
    {
        OfClose("sma", [Period(20)], numbers => new Sma((int)numbers[0])),
        OfClose("ema", [Period(20)], numbers => new Ema((int)numbers[0])),
        OfClose("rsi", [Period(14)], numbers => new Rsi((int)numbers[0])),
        OfClose("returns", [], _ => new Momentum(1)),
        OfClose("log_returns", [], _ => new LogReturn()),
        OfClose("price_momentum", [Period(10)], numbers => new Momentum((int)numbers[0])),
        OfClose("volatility", [Period(20, min: 2)], numbers => new Volatility((int)numbers[0])),
        OfClose(
            "market_condition_volatility", [Period(20, min: 2), Period(50, "mean")],
            numbers => new RelativeVolatility((int)numbers[0], (int)numbers[1])),
        Of("volume_ma", [Period(20)], numbers => new Sma((int)numbers[0]), bar => bar.Volume),
        Of("volume_ratio", [Period(20)], numbers => new VolumeRatio((int)numbers[0]), bar => bar.Volume),
        Of("highest", [Period(20)], numbers => new Highest((int)numbers[0]), bar => bar.High),
        Of("lowest", [Period(20)], numbers => new Lowest((int)numbers[0]), bar => bar.Low),
        Of("resistance", [Period(20)], numbers => new Highest((int)numbers[0]), bar => bar.High),
        Of("support", [Period(20)], numbers => new Lowest((int)numbers[0]), bar => bar.Low),
        new("atr", [Period(14)], ["atr"], numbers => new Atr((int)numbers[0])),
        new("obv", [], ["obv"], _ => new OnBalanceVolume()),
        new(
            "market_condition_strength", [Period(20, "fast"), Period(50, "slow"), Period(14, "range")], ["market_condition_strength"],
            numbers => new TrendStrength((int)numbers[0], (int)numbers[1], (int)numbers[2])),
        new(
            "macd", [Period(12, "fast"), Period(26, "slow"), Period(9, "signal")], ["macd", "macd_signal", "macd_hist"],
            numbers => new Macd((int)numbers[0], (int)numbers[1], (int)numbers[2]))
        {
            FaultBetween = numbers => numbers[0] < numbers[1] ? null : "fast must be below slow",
        },
        new(
            "bbands", [Period(20, min: 2), new("width", 2, 0.1, 10, IsWhole: false)], ["bb_middle", "bb_upper", "bb_lower", "bb_width"],
            numbers => new BollingerBands((int)numbers[0], numbers[1])),
        new(
            "mama", [new("fast", 0.5, 0.001, 1, IsWhole: false), new("slow", 0.05, 0.001, 1, IsWhole: false)], ["mama", "fama"],
            numbers => new Mama(numbers[0], numbers[1]))
        {
            FaultBetween = numbers => numbers[0] >= numbers[1] ? null : "fast must not be below slow",
        },
    }.ToDictionary(definition => definition.Name);

    /// <summary>Reads a list of indicators; those with a fault are left out.</summary>
    /// <param name="text">Parted by commas; nothing is none.</param>
    /// <param name="faults">Gets a line for each fault: what was written, and what is expected.</param>
    public static IReadOnlyList<IndicatorChoice> Parse(string? text, ICollection<string> faults)
    {
        var choices = new List<IndicatorChoice>();
        foreach (var item in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Read(item, out var fault) is { } choice)
            {
                choices.Add(choice);
            }
            else
            {
                faults.Add($"{item}: {fault}");
            }
        }

        return choices;
    }

    private static IndicatorChoice? Read(string item, out string? fault)
    {
        var parts = item.Split(':');
        if (!All.TryGetValue(parts[0], out var definition))
        {
            fault = $"there is no such indicator; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}";
            return null;
        }

        if (parts.Length == 1)
        {
            fault = null;
            return new IndicatorChoice(definition, [.. definition.Parameters.Select(parameter => parameter.Default)]);
        }

        // What is no number is in no range.
        double[] numbers = [.. parts.Skip(1).Select(part =>
            double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        fault = definition.Fault(numbers);
        return fault is null ? new IndicatorChoice(definition, numbers) : null;
    }

    private static IndicatorDefinition OfClose(
        string name, IReadOnlyList<IndicatorParameter> parameters, Func<IReadOnlyList<double>, IValueIndicator> make) =>
        Of(name, parameters, make, bar => bar.Close);

    private static IndicatorDefinition Of(
        string name, IReadOnlyList<IndicatorParameter> parameters, Func<IReadOnlyList<double>, IValueIndicator> make, Func<Bar, double> price) =>
        new(name, parameters, [name], numbers => new PriceIndicator(make(numbers), price));
}
