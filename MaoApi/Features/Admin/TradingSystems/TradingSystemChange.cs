using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>What may be said of a trading system.</summary>
public abstract record TradingSystemChange : TradingSystemKeyRequest, IValidatableObject
{
    [StringLength(4000)]
    public string? Description { get; init; }

    public bool? Active { get; init; }

    /// <summary>A file name, no path; without one the engine has the system built in.</summary>
    [RegularExpression(@"[A-Za-z0-9_.-]{1,195}\.dll")]
    public string? PluginFile { get; init; }

    /// <summary>Hex digest the engine insists on.</summary>
    [RegularExpression("[0-9a-f]{64}")]
    public string? PluginSha256 { get; init; }

    /// <summary>All parameters, in the order of the form.</summary>
    [MaxLength(100)]
    public IReadOnlyList<AdminParameter>? Params { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((PluginFile is null) != (PluginSha256 is null))
        {
            yield return new ValidationResult("pluginFile and pluginSha256 belong together", [nameof(PluginSha256)]);
        }

        if (Params?.GroupBy(parameter => parameter.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return new ValidationResult($"params names {twice.Key} twice", [nameof(Params)]);
        }
    }
}

public sealed record CreateTradingSystemRequest : TradingSystemChange;

public sealed record UpdateTradingSystemRequest : TradingSystemChange
{
    [Required]
    public long? Version { get; init; }
}
