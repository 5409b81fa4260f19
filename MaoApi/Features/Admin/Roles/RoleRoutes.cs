using MaoApi.Auth;

namespace MaoApi.Features.Admin.Roles;

internal static class RoleRoutes
{
    private const string Item = """{"accountId":"demo1","userId":"demo","role":"owner","version":1}""";

    /// <summary>For those who administer the platform.</summary>
    public static void MapRoles(this RouteGroupBuilder admin)
    {
        admin.MapPost("/roles/list", RoleAdministration.ListAsync)
            .DescribeList("Who may do what with which account, page by page", """{"filter":{"accountId":"demo1"}}""", Item);
        admin.MapPost("/roles/get", RoleAdministration.GetAsync)
            .DescribeGet("What one user may do with one account", """{"accountId":"demo1","userId":"demo"}""", Item);
        admin.MapPost("/roles/create", RoleAdministration.CreateAsync)
            .DescribeCreate("Opens an account to a user", """{"accountId":"demo1","userId":"demo","role":"viewer"}""", Item);
        admin.MapPost("/roles/update", RoleAdministration.UpdateAsync)
            .DescribeUpdate("Changes what a user may do with an account", """{"accountId":"demo1","userId":"demo","version":1,"role":"owner"}""", Item);
        admin.MapPost("/roles/delete", RoleAdministration.DeleteAsync)
            .DescribeDelete("Closes an account to a user", """{"accountId":"demo1","userId":"demo","version":1}""");
    }

    /// <summary>For those who administer one account.</summary>
    public static void MapAccountRoles(this RouteGroupBuilder client)
    {
        client.MapPost("/roles/list", RoleAdministration.ListOfAccountAsync).ForAccount()
            .DescribeList("Who may do what with an account, for its administrators", """{"accountId":"demo1"}""", Item);
        client.MapPost("/roles/create", RoleAdministration.CreateAsync).ForAccount()
            .DescribeCreate("Opens an account one administers to a user", """{"accountId":"demo1","userId":"demo","role":"viewer"}""", Item);
        client.MapPost("/roles/update", RoleAdministration.UpdateAsync).ForAccount()
            .DescribeUpdate(
                "Changes what a user may do with an account one administers", """{"accountId":"demo1","userId":"demo","version":1,"role":"owner"}""", Item);
        client.MapPost("/roles/delete", RoleAdministration.DeleteAsync).ForAccount()
            .DescribeDelete("Closes an account one administers to a user", """{"accountId":"demo1","userId":"demo","version":1}""");
    }
}
