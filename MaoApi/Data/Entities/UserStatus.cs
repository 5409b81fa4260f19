namespace MaoApi.Data.Entities;

/// <summary>The numbers of <c>mtrace_users.stato</c>.</summary>
internal enum UserStatus
{
    Inactive = 0,
    Active = 1,
    Blocked = 2,
}
