using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MaoApi.Features.Admin.Accounts;

internal sealed record AdminAccount(
    string AccountId,
    string Descr,
    string UserId,
    string BrokerCode,
    bool Demo,
    bool Active,
    string? Host,
    int? Port,
    bool HasAccountData,
    JsonElement Config,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified);

public sealed record ListAccountsRequest : AdminListRequest
{
    public AccountsFilter? Filter { get; init; }
}

public sealed record AccountsFilter
{
    public bool? Active { get; init; }

    public bool? Demo { get; init; }

    [StringLength(128)]
    public string? UserId { get; init; }

    [StringLength(40)]
    public string? BrokerCode { get; init; }
}

public record AccountKeyRequest
{
    [Required]
    [RegularExpression("[a-z0-9_]{1,40}")]
    public string? AccountId { get; init; }
}

public sealed record DeleteAccountRequest : AccountKeyRequest
{
    [Required]
    public long? Version { get; init; }
}
