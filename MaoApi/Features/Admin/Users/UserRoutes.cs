namespace MaoApi.Features.Admin.Users;

internal static class UserRoutes
{
    private const string Item =
        """{"userId":"demo","displayName":"Demo","email":"demo@localhost","validUntil":null,"status":1,"admin":false,"hasPassword":true,"accounts":[{"accountId":"demo1","role":"owner"}],"version":1}""";

    public static void MapUsers(this RouteGroupBuilder admin)
    {
        admin.MapPost("/users/list", UserAdministration.ListAsync)
            .DescribeList("Users, page by page", """{"filter":{"status":1},"sort":"email"}""", Item);
        admin.MapPost("/users/get", UserAdministration.GetAsync).DescribeGet("One user", """{"userId":"demo"}""", Item);
        admin.MapPost("/users/create", UserAdministration.CreateAsync)
            .DescribeCreate("A new user", """{"userId":"demo","displayName":"Demo","email":"demo@localhost","password":"twelve or more"}""", Item);
        admin.MapPost("/users/update", UserAdministration.UpdateAsync)
            .DescribeUpdate("Changes a user; what is left out stays", """{"userId":"demo","version":1,"status":2}""", Item);
        admin.MapPost("/users/delete", UserAdministration.DeleteAsync)
            .DescribeDelete("Deletes a user no account was opened for", """{"userId":"demo","version":1}""");
    }
}
