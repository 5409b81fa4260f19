using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.Admin.Accounts;

/// <summary>What may be said of an account.</summary>
public abstract record AccountChange : AccountKeyRequest, IValidatableObject
{
    [StringLength(200, MinimumLength = 1)]
    public string? Descr { get; init; }

    /// <summary>The user it is opened for, who becomes its owner.</summary>
    [StringLength(128, MinimumLength = 1)]
    public string? UserId { get; init; }

    [StringLength(40, MinimumLength = 1)]
    public string? BrokerCode { get; init; }

    public bool? Demo { get; init; }

    public bool? Active { get; init; }

    /// <summary>Where the engine listens, for an engine that is not started here.</summary>
    [StringLength(253, MinimumLength = 1)]
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>The engine's settings for the account, an object.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>What the broker asks for: key, secret, passphrase, permissions, expiresAt. Stored encrypted, never answered.</summary>
    public JsonElement? AccountData { get; init; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AdminJson.Check(Config, nameof(Config)).Concat(AdminJson.Check(AccountData, nameof(AccountData)));
}

public sealed record CreateAccountRequest : AccountChange
{
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Value)[] needed = [(nameof(Descr), Descr), (nameof(UserId), UserId), (nameof(BrokerCode), BrokerCode)];
        return needed.Where(field => field.Value is null)
            .Select(field => new ValidationResult($"The {field.Name} field is required.", [field.Name]))
            .Concat(base.Validate(validationContext));
    }
}

public sealed record UpdateAccountRequest : AccountChange
{
    [Required]
    public long? Version { get; init; }
}
