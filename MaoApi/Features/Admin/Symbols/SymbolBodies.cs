using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.Symbols;

internal sealed record AdminSymbol(string Epic, string? EpicData, string Name, bool Enabled, int? SessionId, long Version);

public sealed record ListSymbolsRequest : AdminListRequest
{
    public SymbolsFilter? Filter { get; init; }
}

public sealed record SymbolsFilter
{
    public bool? Enabled { get; init; }

    /// <summary>The beginning of the epic.</summary>
    [StringLength(64)]
    public string? Epic { get; init; }
}

public record SymbolKeyRequest
{
    [Required]
    [RegularExpression("[A-Za-z0-9._/:-]{1,64}")]
    public string? Epic { get; init; }
}

public sealed record DeleteSymbolRequest : SymbolKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateSymbolRequest : SymbolKeyRequest
{
    /// <summary>Epic of the market data, where it differs.</summary>
    [StringLength(64)]
    public string? EpicData { get; init; }

    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    public bool Enabled { get; init; } = true;

    public int? SessionId { get; init; }
}

public sealed record UpdateSymbolRequest : SymbolKeyRequest
{
    [Required]
    public long? Version { get; init; }

    /// <summary>Empty text removes it.</summary>
    [StringLength(64)]
    public string? EpicData { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    public bool? Enabled { get; init; }

    public int? SessionId { get; init; }
}
