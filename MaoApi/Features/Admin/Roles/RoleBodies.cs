using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data.Entities;

namespace MaoApi.Features.Admin.Roles;

internal sealed record AdminRole(string AccountId, string UserId, string Role, long Version);

public sealed record ListRolesRequest : AdminListRequest
{
    public RolesFilter? Filter { get; init; }
}

public sealed record AccountRolesRequest : AdminListRequest, IAccountRequest
{
    [StringLength(40)]
    public string? AccountId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Administer;
}

public sealed record RolesFilter
{
    [StringLength(40)]
    public string? AccountId { get; init; }

    [StringLength(128)]
    public string? UserId { get; init; }
}

public record RoleKeyRequest : IAccountRequest
{
    [Required]
    [StringLength(40, MinimumLength = 1)]
    public string? AccountId { get; init; }

    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string? UserId { get; init; }

    internal string Name => $"{UserId}@{AccountId}";

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Administer;
}

public sealed record DeleteRoleRequest : RoleKeyRequest
{
    [Required]
    public long? Version { get; init; }
}

public sealed record CreateRoleRequest : RoleKeyRequest
{
    [Required]
    [AllowedValues(AccountRoles.Viewer, AccountRoles.Owner, AccountRoles.Admin)]
    public string? Role { get; init; }
}

public sealed record UpdateRoleRequest : RoleKeyRequest
{
    [Required]
    public long? Version { get; init; }

    [Required]
    [AllowedValues(AccountRoles.Viewer, AccountRoles.Owner, AccountRoles.Admin)]
    public string? Role { get; init; }
}
