using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Data.Entities;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>A parameter of a trading system, as its form shows it.</summary>
public sealed record AdminParameter : IValidatableObject
{
    [Required]
    [RegularExpression("[a-z][a-z0-9_]{0,63}")]
    public string? Key { get; init; }

    [Required]
    [AllowedValues("int", "decimal", "string", "enum", "bool", "time")]
    public string? Type { get; init; }

    public bool Required { get; init; }

    [StringLength(1000)]
    public string? Default { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    /// <summary>The words of an <c>enum</c>.</summary>
    [MaxLength(100)]
    public IReadOnlyList<string>? Values { get; init; }

    [StringLength(200)]
    public string Label { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Min > Max)
        {
            yield return new ValidationResult("max must not be less than min", [nameof(Max)]);
        }

        if ((Type == "enum") != (Values is { Count: > 0 }))
        {
            yield return new ValidationResult("values belong to an enum, and an enum needs some", [nameof(Values)]);
        }
    }

    internal static AdminParameter Of(TradingSystemParameter row) => new()
    {
        Key = row.Key,
        Type = row.Type,
        Required = row.IsRequired,
        Default = row.Default,
        Min = row.Min,
        Max = row.Max,
        Values = row.Values is null ? null : JsonSerializer.Deserialize<List<string>>(row.Values),
        Label = row.Label,
    };

    internal TradingSystemParameter ToRow(int position) => new()
    {
        Position = position,
        Key = Key!,
        Type = Type!,
        IsRequired = Required,
        Default = Default,
        Min = Min,
        Max = Max,
        Values = Values is null ? null : JsonSerializer.Serialize(Values),
        Label = Label,
    };
}
