using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Http;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Indicators;

namespace MaoApi.Features.Client;

public sealed record ChartQuery : IValidatableObject
{
    private const int MostIndicators = 10;

    /// <summary>Seconds of a bar.</summary>
    [Required]
    [Range(1, 31 * 86_400)]
    public int? TimeFrame { get; init; }

    /// <summary>First moment, ISO-8601; left out: from the first bar.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last moment, ISO-8601; left out: to the last bar.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Such as <c>sma:20,rsi:14</c>.</summary>
    [StringLength(200)]
    public string? Indicators { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From > To)
        {
            yield return new ValidationResult("to lies before from", [nameof(To)]);
        }

        var parsed = Parsed().ToList();
        if (parsed.Count > MostIndicators || parsed.Exists(indicator => indicator is null))
        {
            yield return new ValidationResult(
                $"at most {MostIndicators} of sma, ema, rsi, highest, lowest with a period of 1 to 1000 are expected, as sma:20,rsi:14", [nameof(Indicators)]);
        }
    }

    internal IEnumerable<(string Name, int Period)?> Parsed() =>
        (Indicators ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse);

    private static (string Name, int Period)? Parse(string text) =>
        text.Split(':') is [("sma" or "ema" or "rsi" or "highest" or "lowest") and var name, var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var period) && period is >= 1 and <= 1000
            ? (name, period)
            : null;
}

internal sealed record FrameColumns(
    IReadOnlyList<long> Frame,
    IReadOnlyList<decimal> Open,
    IReadOnlyList<decimal> High,
    IReadOnlyList<decimal> Low,
    IReadOnlyList<decimal> Close,
    IReadOnlyList<decimal> Volume);

internal sealed record IndicatorValues(string Name, IReadOnlyList<int> Params, IReadOnlyList<double?> Values);

internal sealed record Chart(FrameColumns Frames, IReadOnlyList<IndicatorValues> Indicators);

internal static class TickerChart
{
    private const int MostBars = 5_000;

    public static async Task<Answer<Chart>> HandleAsync(
        int tickerId, [AsParameters] ChartQuery query, BarReader reader, CancellationToken cancellationToken)
    {
        var from = query.From?.ToUnixTimeSeconds() ?? long.MinValue;
        var to = query.To?.ToUnixTimeSeconds() ?? long.MaxValue;
        var bars = await reader.ReadAsync(tickerId, query.TimeFrame!.Value, from, to, MostBars, cancellationToken);
        if (bars is null or [])
        {
            return new Failure(ApiCodes.EngineNotFound, bars is null ? "unknown ticker" : "no data");
        }

        return new Chart(
            Columns(bars),
            [.. query.Parsed().Select(indicator => new IndicatorValues(indicator!.Value.Name, [indicator.Value.Period], Work(indicator.Value, bars)))]);
    }

    private static FrameColumns Columns(IReadOnlyList<Frame> bars) => new(
        [.. bars.Select(bar => bar.UnixSeconds)],
        [.. bars.Select(bar => bar.Open)],
        [.. bars.Select(bar => bar.High)],
        [.. bars.Select(bar => bar.Low)],
        [.. bars.Select(bar => bar.Close)],
        [.. bars.Select(bar => bar.Volume)]);

    private static List<double?> Work((string Name, int Period) indicator, IReadOnlyList<Frame> bars)
    {
        var next = Begin(indicator);
        return [.. bars.Select(bar => next(bar) is var value && double.IsFinite(value) ? value : (double?)null)];
    }

    private static Func<Frame, double> Begin((string Name, int Period) indicator)
    {
        switch (indicator.Name)
        {
            case "sma":
                var sma = new Sma(indicator.Period);
                return bar => Then(() => sma.Add((double)bar.Close), () => sma.Value);
            case "ema":
                var ema = new Ema(indicator.Period);
                return bar => Then(() => ema.Add((double)bar.Close), () => ema.Value);
            case "rsi":
                var rsi = new Rsi(indicator.Period);
                return bar => Then(() => rsi.Add((double)bar.Close), () => rsi.Value);
            case "highest":
                var highest = new Highest(indicator.Period);
                return bar => Then(() => highest.Add((double)bar.High), () => highest.Value);
            default:
                var lowest = new Lowest(indicator.Period);
                return bar => Then(() => lowest.Add((double)bar.Low), () => lowest.Value);
        }
    }

    private static double Then(Action add, Func<double> value)
    {
        add();
        return value();
    }
}
