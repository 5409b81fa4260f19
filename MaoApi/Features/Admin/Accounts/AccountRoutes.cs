namespace MaoApi.Features.Admin.Accounts;

internal static class AccountRoutes
{
    private const string Item =
        """{"accountId":"demo1","descr":"Demo 1","userId":"demo","brokerCode":"paper","demo":true,"active":true,"host":"127.0.0.1","port":2260,"hasAccountData":false,"config":{},"version":1,"created":"2026-11-21T10:00:00.000Z","modified":"2026-11-21T10:00:00.000Z"}""";

    public static void MapAccounts(this RouteGroupBuilder admin)
    {
        admin.MapPost("/accounts/list", AccountAdministration.ListAsync)
            .DescribeList("All accounts, page by page", """{"filter":{"active":true},"sort":"-modified","limit":50}""", Item);
        admin.MapPost("/accounts/get", AccountAdministration.GetAsync).DescribeGet("One account", """{"accountId":"demo1"}""", Item);
        admin.MapPost("/accounts/create", AccountAdministration.CreateAsync)
            .DescribeCreate(
                "A new account with its pod, which stands still; its user becomes the owner",
                """{"accountId":"demo3","descr":"Demo 3","userId":"demo","brokerCode":"paper","accountData":{"key":"k","secret":"s"}}""",
                Item);
        admin.MapPost("/accounts/update", AccountAdministration.UpdateAsync)
            .DescribeUpdate("Changes an account; what is left out stays", """{"accountId":"demo1","version":1,"active":false}""", Item);
        admin.MapPost("/accounts/delete", AccountAdministration.DeleteAsync)
            .DescribeDelete(
                "Deletes an account whose engine stands still, with its roles, its pod and its engine's keys",
                """{"accountId":"demo1","version":1}""");
    }
}
