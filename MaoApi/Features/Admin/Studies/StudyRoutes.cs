namespace MaoApi.Features.Admin.Studies;

internal static class StudyRoutes
{
    private const string Item =
        """{"studyId":"eur-gbp","name":"Euro against pound","kind":"correlation","tickers":["EURUSD","GBPUSD"],"timeFrame":86400,"parameters":{"period":60},"schedule":"30 22 * * 1-5 America/New_York","exportSymbol":"CORR.EURGBP","enabled":true,"created":"2026-11-21T10:00:00.000Z","modified":"2026-11-21T10:00:00.000Z","version":1}""";

    public static void MapStudies(this RouteGroupBuilder admin)
    {
        admin.MapPost("/studies/list", StudyAdministration.ListAsync)
            .DescribeList("Studies, page by page; how they went stands with the jobs study/STUDYID", """{"filter":{"kind":"correlation"}}""", Item);
        admin.MapPost("/studies/get", StudyAdministration.GetAsync).DescribeGet("One study", """{"studyId":"eur-gbp"}""", Item);
        admin.MapPost("/studies/create", StudyAdministration.CreateAsync)
            .DescribeCreate(
                "A new study, computed at once and then by schedule",
                """{"studyId":"eur-gbp","name":"Euro against pound","kind":"correlation","tickers":["EURUSD","GBPUSD"],"timeFrame":86400,"parameters":{"period":60},"schedule":"30 22 * * 1-5 America/New_York","exportSymbol":"CORR.EURGBP"}""",
                Item);
        admin.MapPost("/studies/update", StudyAdministration.UpdateAsync)
            .DescribeUpdate("Changes a study and computes it anew; what is left out stays", """{"studyId":"eur-gbp","version":1,"parameters":{"period":90}}""", Item);
        admin.MapPost("/studies/delete", StudyAdministration.DeleteAsync)
            .DescribeDelete("Deletes a study with its values; a ticker it became stays", """{"studyId":"eur-gbp","version":1}""");
    }
}
