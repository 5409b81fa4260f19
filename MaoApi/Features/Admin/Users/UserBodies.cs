using System.ComponentModel.DataAnnotations;
using MaoApi.Data.Entities;

namespace MaoApi.Features.Admin.Users;

internal sealed record AdminUser(
    string UserId,
    string DisplayName,
    string Email,
    DateTimeOffset? ValidUntil,
    UserStatus Status,
    bool Admin,
    bool HasPassword,
    IReadOnlyList<UserAccount> Accounts,
    long Version);

/// <summary>An account open to a user.</summary>
internal sealed record UserAccount(string AccountId, string Role);

public sealed record ListUsersRequest : AdminListRequest
{
    public UsersFilter? Filter { get; init; }
}

public sealed record UsersFilter
{
    /// <summary>0 inactive, 1 active, 2 blocked.</summary>
    [Range(0, 2)]
    public int? Status { get; init; }

    public bool? Admin { get; init; }

    /// <summary>The beginning of the user id.</summary>
    [StringLength(128)]
    public string? UserId { get; init; }
}

public record UserKeyRequest
{
    [Required]
    [RegularExpression("[A-Za-z0-9._@+-]{1,128}")]
    public string? UserId { get; init; }
}

public sealed record DeleteUserRequest : UserKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateUserRequest : UserKeyRequest
{
    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string? DisplayName { get; init; }

    [Required]
    [EmailAddress]
    [StringLength(254)]
    public string? Email { get; init; }

    /// <summary>Null = no end.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>0 inactive, 1 active, 2 blocked.</summary>
    [Range(0, 2)]
    public int Status { get; init; } = (int)UserStatus.Active;

    public bool Admin { get; init; }

    /// <summary>For the local issuer; without one the user cannot log in there. Never answered.</summary>
    [StringLength(256, MinimumLength = 12)]
    public string? Password { get; init; }
}

public sealed record UpdateUserRequest : UserKeyRequest
{
    [Required]
    public long? Version { get; init; }

    [StringLength(200, MinimumLength = 1)]
    public string? DisplayName { get; init; }

    [EmailAddress]
    [StringLength(254)]
    public string? Email { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Removes <c>validUntil</c>.</summary>
    public bool Unlimited { get; init; }

    /// <summary>0 inactive, 1 active, 2 blocked.</summary>
    [Range(0, 2)]
    public int? Status { get; init; }

    public bool? Admin { get; init; }

    /// <summary>A new password ends every log-in of the user. Never answered.</summary>
    [StringLength(256, MinimumLength = 12)]
    public string? Password { get; init; }
}
