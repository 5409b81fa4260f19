namespace MaoApi.Features.Admin.Symbols;

internal static class SymbolRoutes
{
    private const string Item = """{"epic":"EURUSD","epicData":null,"name":"Euro / US dollar","enabled":true,"sessionId":null,"version":1}""";

    public static void MapSymbols(this RouteGroupBuilder admin)
    {
        admin.MapPost("/symbols/list", SymbolAdministration.ListAsync)
            .DescribeList("Symbols, page by page", """{"filter":{"enabled":true},"limit":100}""", Item);
        admin.MapPost("/symbols/get", SymbolAdministration.GetAsync).DescribeGet("One symbol", """{"epic":"EURUSD"}""", Item);
        admin.MapPost("/symbols/create", SymbolAdministration.CreateAsync)
            .DescribeCreate("A new symbol", """{"epic":"EURUSD","name":"Euro / US dollar"}""", Item);
        admin.MapPost("/symbols/update", SymbolAdministration.UpdateAsync)
            .DescribeUpdate("Changes a symbol; what is left out stays", """{"epic":"EURUSD","version":1,"enabled":false}""", Item);
        admin.MapPost("/symbols/delete", SymbolAdministration.DeleteAsync)
            .DescribeDelete("Deletes a symbol no broker has", """{"epic":"EURUSD","version":1}""");
    }
}
