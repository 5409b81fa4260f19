using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.TradingSystems;

/// <summary>A trading system; <c>Signals</c> and <c>AvgReturn</c> are those of the engines that answered.</summary>
internal sealed record AdminTradingSystem(
    string Name,
    string Description,
    bool Active,
    string? PluginFile,
    string? PluginSha256,
    IReadOnlyList<AdminParameter> Params,
    int? Signals,
    decimal? AvgReturn,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    long Version);

public sealed record ListTradingSystemsRequest : AdminListRequest
{
    public TradingSystemsFilter? Filter { get; init; }
}

public sealed record TradingSystemsFilter
{
    public bool? Active { get; init; }
}

public record TradingSystemKeyRequest
{
    [Required]
    [RegularExpression("[A-Za-z][A-Za-z0-9_.-]{0,63}")]
    public string? Name { get; init; }
}

public sealed record DeleteTradingSystemRequest : TradingSystemKeyRequest
{
    [Required]
    public long? Version { get; init; }
}
