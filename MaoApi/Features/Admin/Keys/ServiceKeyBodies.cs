using System.ComponentModel.DataAnnotations;
using MaoApi.Data.Entities;

namespace MaoApi.Features.Admin.Keys;

/// <summary>A key; <c>Secret</c> is there in the one answer that makes it.</summary>
internal sealed record AdminServiceKey(
    string KeyId,
    string Scope,
    string Descr,
    bool Active,
    DateTimeOffset? Expires,
    DateTimeOffset Created,
    DateTimeOffset Rotated,
    DateTimeOffset? PreviousUntil,
    string? Secret,
    long Version);

public sealed record ListServiceKeysRequest : AdminListRequest
{
    public ServiceKeysFilter? Filter { get; init; }
}

public sealed record ServiceKeysFilter
{
    [StringLength(64)]
    public string? Scope { get; init; }

    public bool? Active { get; init; }
}

public record ServiceKeyRequest
{
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string? KeyId { get; init; }
}

public sealed record DeleteServiceKeyRequest : ServiceKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateServiceKeyRequest : IValidatableObject
{
    /// <summary><c>srv</c>, <c>monitor</c> or <c>engine:{accountId}</c>.</summary>
    [Required]
    [StringLength(64)]
    public string? Scope { get; init; }

    [StringLength(200)]
    public string Descr { get; init; } = "";

    public DateTimeOffset? Expires { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scope is not null && !ServiceScopes.IsKnown(Scope))
        {
            yield return new ValidationResult("scope must be srv, monitor or engine:{accountId}", [nameof(Scope)]);
        }
    }
}

public sealed record UpdateServiceKeyRequest : ServiceKeyRequest
{
    [Required]
    public long? Version { get; init; }

    [StringLength(200)]
    public string? Descr { get; init; }

    /// <summary>An inactive key opens nothing.</summary>
    public bool? Active { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>Makes a new secret, answered this once; the one before stays good for a day.</summary>
    public bool Rotate { get; init; }
}
