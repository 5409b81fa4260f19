namespace MaoApi.Features.Admin.Keys;

internal static class ServiceKeyRoutes
{
    private const string Item =
        """{"keyId":"mk_abcdefghijkmnpqr","scope":"srv","descr":"import","active":true,"expires":null,"created":"2026-11-21T10:00:00.000Z","rotated":"2026-11-21T10:00:00.000Z","previousUntil":null,"secret":null,"version":1}""";

    public static void MapServiceKeys(this RouteGroupBuilder admin)
    {
        admin.MapPost("/servicekeys/list", ServiceKeyAdministration.ListAsync)
            .DescribeList("Keys of services, page by page, never with their secrets", """{"filter":{"scope":"srv"}}""", Item);
        admin.MapPost("/servicekeys/get", ServiceKeyAdministration.GetAsync)
            .DescribeGet("One key, without its secret", """{"keyId":"mk_abcdefghijkmnpqr"}""", Item);
        admin.MapPost("/servicekeys/create", ServiceKeyAdministration.CreateAsync)
            .DescribeCreate("A new key; its secret is answered this once", """{"scope":"srv","descr":"import"}""", Item);
        admin.MapPost("/servicekeys/update", ServiceKeyAdministration.UpdateAsync)
            .DescribeUpdate(
                "Changes a key or gives it a new secret; what is left out stays",
                """{"keyId":"mk_abcdefghijkmnpqr","version":1,"rotate":true}""",
                Item);
        admin.MapPost("/servicekeys/delete", ServiceKeyAdministration.DeleteAsync)
            .DescribeDelete("Deletes a key, which opens nothing from then on", """{"keyId":"mk_abcdefghijkmnpqr","version":1}""");
    }
}
