using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.Epics;

/// <summary>What a symbol is at its broker, in steps and rates.</summary>
public abstract record EpicTerms : EpicKeyRequest, IValidatableObject
{
    private const string Most = "1000000000000";

    /// <summary>The broker's name of the symbol.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? BrokerEpic { get; init; }

    [Range(typeof(decimal), "0.00000001", Most)]
    public decimal? MinQty { get; init; }

    [Range(typeof(decimal), "0.00000001", Most)]
    public decimal? MaxQty { get; init; }

    /// <summary>Orders are rounded down to multiples of it.</summary>
    [Range(typeof(decimal), "0.00000001", Most)]
    public decimal? QtyStep { get; init; }

    [Range(typeof(decimal), "0.0000000001", Most)]
    public decimal? PriceStep { get; init; }

    /// <summary>Share of the value of each order the broker takes, 0.001 = 0.1 %.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal? FeeRate { get; init; }

    /// <summary>Share of the value of a position that is held back, 1 = all of it.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal? MarginRate { get; init; }

    [RegularExpression("[A-Z]{3}")]
    public string? Currency { get; init; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinQty > MaxQty)
        {
            yield return new ValidationResult("maxQty must not be less than minQty", [nameof(MaxQty)]);
        }
    }
}

public sealed record CreateEpicRequest : EpicTerms
{
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, object? Value)[] needed =
        [
            (nameof(BrokerEpic), BrokerEpic), (nameof(MinQty), MinQty), (nameof(MaxQty), MaxQty), (nameof(QtyStep), QtyStep),
            (nameof(PriceStep), PriceStep), (nameof(Currency), Currency),
        ];
        return needed.Where(field => field.Value is null)
            .Select(field => new ValidationResult($"The {field.Name} field is required.", [field.Name]))
            .Concat(base.Validate(validationContext));
    }
}

public sealed record UpdateEpicRequest : EpicTerms
{
    [Required]
    public long? Version { get; init; }
}
