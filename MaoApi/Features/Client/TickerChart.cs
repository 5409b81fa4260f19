using System.ComponentModel.DataAnnotations;
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

    /// <summary>Names with their numbers, or without for the usual ones, such as <c>sma:20,macd:12:26:9,obv</c>.</summary>
    [StringLength(200)]
    public string? Indicators { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From > To)
        {
            yield return new ValidationResult("to lies before from", [nameof(To)]);
        }

        var faults = new List<string>();
        var choices = IndicatorCatalog.Parse(Indicators, faults);
        foreach (var fault in faults)
        {
            yield return new ValidationResult(fault, [nameof(Indicators)]);
        }

        if (choices.Count > MostIndicators)
        {
            yield return new ValidationResult($"at most {MostIndicators} indicators are expected, not {choices.Count}", [nameof(Indicators)]);
        }
    }

    internal IReadOnlyList<IndicatorChoice> Choices() => IndicatorCatalog.Parse(Indicators, []);
}

internal sealed record FrameColumns(
    IReadOnlyList<long> Frame,
    IReadOnlyList<decimal> Open,
    IReadOnlyList<decimal> High,
    IReadOnlyList<decimal> Low,
    IReadOnlyList<decimal> Close,
    IReadOnlyList<decimal> Volume);

internal sealed record IndicatorValues(string Name, IReadOnlyList<double> Params, IReadOnlyList<double?> Values);

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
            [.. query.Choices().SelectMany(choice => Work(choice, bars))]);
    }

    private static FrameColumns Columns(IReadOnlyList<Frame> bars) => new(
        [.. bars.Select(bar => bar.UnixSeconds)],
        [.. bars.Select(bar => bar.Open)],
        [.. bars.Select(bar => bar.High)],
        [.. bars.Select(bar => bar.Low)],
        [.. bars.Select(bar => bar.Close)],
        [.. bars.Select(bar => bar.Volume)]);

    /// <summary>One entry for each result of the indicator.</summary>
    private static IEnumerable<IndicatorValues> Work(IndicatorChoice choice, IReadOnlyList<Frame> bars)
    {
        var names = choice.Definition.Results;
        var indicator = choice.Begin();
        var rows = new double[bars.Count * names.Count];
        indicator.Add([.. bars.Select(bar => Bar.Of(bar))], rows);
        return names.Select((name, column) => new IndicatorValues(name, choice.Parameters, Column(rows, column, names.Count)));
    }

    private static double?[] Column(double[] rows, int column, int columns)
    {
        var values = new double?[rows.Length / columns];
        for (var i = 0; i < values.Length; i++)
        {
            var value = rows[(i * columns) + column];
            values[i] = double.IsFinite(value) ? value : null;
        }

        return values;
    }
}
