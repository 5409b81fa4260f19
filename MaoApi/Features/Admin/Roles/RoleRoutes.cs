namespace MaoApi.Features.Admin.Roles;

internal static class RoleRoutes
{
    private const string Item = """{"accountId":"demo1","userId":"demo","role":"owner","version":1}""";

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
}
