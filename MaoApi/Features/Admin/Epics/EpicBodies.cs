using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.Admin.Epics;

internal sealed record AdminEpic(
    string Epic,
    string BrokerCode,
    string BrokerEpic,
    decimal MinQty,
    decimal MaxQty,
    decimal QtyStep,
    decimal PriceStep,
    decimal FeeRate,
    decimal MarginRate,
    string Currency,
    long Version);

public sealed record ListEpicsRequest : AdminListRequest
{
    public EpicsFilter? Filter { get; init; }
}

public sealed record EpicsFilter
{
    [StringLength(64)]
    public string? Epic { get; init; }

    [StringLength(40)]
    public string? BrokerCode { get; init; }
}

public record EpicKeyRequest
{
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string? Epic { get; init; }

    [Required]
    [StringLength(40, MinimumLength = 1)]
    public string? BrokerCode { get; init; }

    internal string Name => $"{Epic}@{BrokerCode}";
}

public sealed record DeleteEpicRequest : EpicKeyRequest
{
    [Required]
    public long? Version { get; init; }
}
