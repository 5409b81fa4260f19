using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.Flags;

internal sealed record AdminFlag(string Name, string Descr, bool Enabled, int Percent, DateTimeOffset Modified, long Version);

public sealed record ListFlagsRequest : AdminListRequest
{
    public FlagsFilter? Filter { get; init; }
}

public sealed record FlagsFilter
{
    public bool? Enabled { get; init; }
}

public record FlagKeyRequest
{
    [Required]
    [RegularExpression("[a-z][a-z0-9_]{0,63}")]
    public string? Name { get; init; }
}

public sealed record DeleteFlagRequest : FlagKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateFlagRequest : FlagKeyRequest
{
    [StringLength(1000)]
    public string Descr { get; init; } = "";

    public bool Enabled { get; init; }

    /// <summary>How many of a hundred users have it while it is enabled.</summary>
    [Range(0, 100)]
    public int Percent { get; init; } = 100;
}

public sealed record UpdateFlagRequest : FlagKeyRequest
{
    [Required]
    public long? Version { get; init; }

    [StringLength(1000)]
    public string? Descr { get; init; }

    public bool? Enabled { get; init; }

    [Range(0, 100)]
    public int? Percent { get; init; }
}
