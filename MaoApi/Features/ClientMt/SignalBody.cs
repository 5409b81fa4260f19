using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.ClientMt;

/// <summary>A signal as callers write it; its trading system judges the parameters.</summary>
public sealed record SignalBody : IValidatableObject
{
    private const int MaxTimeFrameSeconds = 86_400;

    [StringLength(64)]
    public string? SignalId { get; init; }

    [StringLength(64)]
    public string? Epic { get; init; }

    [StringLength(100)]
    public string? System { get; init; }

    /// <summary>Seconds.</summary>
    [Range(1, MaxTimeFrameSeconds)]
    public int? TimeFrame { get; init; }

    /// <summary>The system's own parameters, by name.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? StartTrade { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? EndTrade { get; init; }

    public bool? Blocked { get; init; }

    public long? Version { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Params is { ValueKind: not JsonValueKind.Object })
        {
            yield return new ValidationResult("params must be an object", [nameof(Params)]);
        }

        if (StartTrade >= EndTrade)
        {
            yield return new ValidationResult("endTrade must lie after startTrade", [nameof(EndTrade)]);
        }
    }

    /// <summary>What a signal needs before its system can be asked about it.</summary>
    internal IEnumerable<ValidationResult> Missing(string prefix)
    {
        (string Name, bool Present)[] fields =
            [(nameof(Epic), Epic is { Length: > 0 }), (nameof(System), System is { Length: > 0 }), (nameof(TimeFrame), TimeFrame is not null)];
        return fields.Where(field => !field.Present)
            .Select(field => new ValidationResult($"The {field.Name} field is required.", [$"{prefix}.{field.Name}"]));
    }
}
