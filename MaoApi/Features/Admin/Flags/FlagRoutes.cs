namespace MaoApi.Features.Admin.Flags;

internal static class FlagRoutes
{
    private const string Item =
        """{"name":"batch_updates","descr":"","enabled":true,"percent":10,"modified":"2026-11-21T10:00:00.000Z","version":1}""";

    public static void MapFlags(this RouteGroupBuilder admin)
    {
        admin.MapPost("/flags/list", FlagAdministration.ListAsync)
            .DescribeList("Feature flags, page by page", """{"filter":{"enabled":true}}""", Item);
        admin.MapPost("/flags/get", FlagAdministration.GetAsync).DescribeGet("One feature flag", """{"name":"batch_updates"}""", Item);
        admin.MapPost("/flags/create", FlagAdministration.CreateAsync)
            .DescribeCreate("A new feature flag", """{"name":"batch_updates","enabled":true,"percent":10}""", Item);
        admin.MapPost("/flags/update", FlagAdministration.UpdateAsync)
            .DescribeUpdate("Switches a feature, for all users or for some of a hundred", """{"name":"batch_updates","version":1,"percent":50}""", Item);
        admin.MapPost("/flags/delete", FlagAdministration.DeleteAsync)
            .DescribeDelete("Deletes a feature flag", """{"name":"batch_updates","version":1}""");
    }
}
