using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.Admin.Brokers;

internal sealed record AdminBroker(string Code, string Name, string Amclass, JsonElement Config, long Version);

public sealed record ListBrokersRequest : AdminListRequest
{
    public BrokersFilter? Filter { get; init; }
}

public sealed record BrokersFilter
{
    [StringLength(100)]
    public string? Amclass { get; init; }
}

public record BrokerKeyRequest
{
    [Required]
    [RegularExpression("[a-z0-9_]{1,40}")]
    public string? Code { get; init; }
}

public sealed record DeleteBrokerRequest : BrokerKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateBrokerRequest : BrokerKeyRequest, IValidatableObject
{
    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>Name of the engine's account manager.</summary>
    [Required]
    [RegularExpression("[A-Za-z][A-Za-z0-9]{0,99}")]
    public string? Amclass { get; init; }

    public JsonElement? Config { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AdminJson.Check(Config, nameof(Config));
}

public sealed record UpdateBrokerRequest : BrokerKeyRequest, IValidatableObject
{
    [Required]
    public long? Version { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    [RegularExpression("[A-Za-z][A-Za-z0-9]{0,99}")]
    public string? Amclass { get; init; }

    public JsonElement? Config { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AdminJson.Check(Config, nameof(Config));
}
