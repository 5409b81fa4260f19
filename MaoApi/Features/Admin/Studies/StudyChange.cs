using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoApi.Studies;

namespace MaoApi.Features.Admin.Studies;

/// <summary>What may be said of a study.</summary>
public abstract record StudyChange : StudyKeyRequest, IValidatableObject
{
    private const int MaxSymbol = 64;

    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>Symbols, in the order the kind means.</summary>
    [MaxLength(500)]
    public IReadOnlyList<string>? Tickers { get; init; }

    /// <summary>Length of the bars, seconds.</summary>
    [Range(1, TimeFrames.Longest)]
    public int? TimeFrame { get; init; }

    /// <summary>What the kind knows.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Five fields and a time zone, such as <c>30 22 * * 1-5 America/New_York</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Schedule { get; init; }

    /// <summary>The symbol of the ticker its values become; empty text leaves them values.</summary>
    [RegularExpression("[A-Za-z0-9._^=-]{0,64}")]
    public string? ExportSymbol { get; init; }

    public bool? Enabled { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in AdminJson.Check(Parameters, nameof(Parameters)))
        {
            yield return problem;
        }

        if (Schedule is not null && !CronSchedule.TryParse(Schedule, out _))
        {
            yield return new ValidationResult(
                "schedule is minute, hour, day of month, month, day of week and a time zone, such as 30 22 * * 1-5 America/New_York", [nameof(Schedule)]);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Tickers?.Count; i++)
        {
            if (Tickers[i] is not { Length: > 0 and <= MaxSymbol } symbol)
            {
                yield return new ValidationResult($"tickers[{i}] is a symbol of 1 to {MaxSymbol} characters", [$"{nameof(Tickers)}[{i}]"]);
            }
            else if (!seen.Add(symbol))
            {
                yield return new ValidationResult($"tickers names {symbol} twice", [$"{nameof(Tickers)}[{i}]"]);
            }
        }

        foreach (var problem in Check())
        {
            yield return problem;
        }
    }

    /// <summary>What else is wrong.</summary>
    protected virtual IEnumerable<ValidationResult> Check() => [];
}

public sealed record CreateStudyRequest : StudyChange
{
    /// <summary>How it is computed.</summary>
    [Required]
    [StringLength(40)]
    public string? Kind { get; init; }

    protected override IEnumerable<ValidationResult> Check()
    {
        if (Name is null)
        {
            yield return new ValidationResult("name is required", [nameof(Name)]);
        }

        if (Tickers is null)
        {
            yield return new ValidationResult("tickers is required", [nameof(Tickers)]);
        }

        if (TimeFrame is null)
        {
            yield return new ValidationResult("timeFrame is required", [nameof(TimeFrame)]);
        }

        if (Kind is { } kind && !StudyKinds.All.ContainsKey(kind))
        {
            yield return new ValidationResult($"kind is one of {string.Join(", ", StudyKinds.All.Keys.Order(StringComparer.Ordinal))}", [nameof(Kind)]);
        }
    }
}

public sealed record ChangeStudyRequest : StudyChange
{
    [Required]
    public long? Version { get; init; }
}
