using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.ClientMt;

/// <summary>Limits before every order; null = no limit.</summary>
public sealed record RiskBody : IValidatableObject
{
    private const string Most = "1000000000000";

    [Required]
    public bool? Enabled { get; init; }

    /// <summary>Largest quantity of one order.</summary>
    [Range(typeof(decimal), "0", Most)]
    public decimal? MaxQty { get; init; }

    /// <summary>Largest absolute position per epic, working orders included.</summary>
    [MaxLength(1000)]
    public IReadOnlyDictionary<string, decimal>? MaxQtyPerEpic { get; init; }

    /// <summary>Most epics with an open position.</summary>
    [Range(0, 100_000)]
    public int? MaxOpenPositions { get; init; }

    /// <summary>Most orders within any 60 seconds.</summary>
    [Range(0, 100_000)]
    public int? MaxOrdersPerMinute { get; init; }

    /// <summary>Largest loss since the day began, in the account's currency.</summary>
    [Range(typeof(decimal), "0", Most)]
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>Largest fall from the day's highest equity, per cent.</summary>
    [Range(typeof(decimal), "0", "100")]
    public decimal? MaxDrawdownPercent { get; init; }

    /// <summary>Largest distance of an order's price from the last tick, per cent.</summary>
    [Range(typeof(decimal), "0", "100")]
    public decimal? MaxTickDeviationPercent { get; init; }

    /// <summary>Start of the trading window, HH:mm in the account's time zone.</summary>
    [RegularExpression(ClockTime.Pattern, ErrorMessage = ClockTime.Expected)]
    public string? TradingFrom { get; init; }

    /// <summary>End of the trading window, HH:mm in the account's time zone.</summary>
    [RegularExpression(ClockTime.Pattern, ErrorMessage = ClockTime.Expected)]
    public string? TradingTo { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (epic, quantity) in MaxQtyPerEpic ?? new Dictionary<string, decimal>())
        {
            if (quantity < 0)
            {
                yield return new ValidationResult($"a quantity of 0 or more is expected for {epic}", [nameof(MaxQtyPerEpic)]);
            }
        }

        if (TradingFrom is null != TradingTo is null)
        {
            yield return new ValidationResult(
                "tradingFrom and tradingTo are given together", [TradingFrom is null ? nameof(TradingFrom) : nameof(TradingTo)]);
        }
    }
}
