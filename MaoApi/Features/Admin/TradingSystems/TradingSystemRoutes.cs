namespace MaoApi.Features.Admin.TradingSystems;

internal static class TradingSystemRoutes
{
    private const string Item =
        """{"name":"MacdCrossover","description":"","active":true,"pluginFile":null,"pluginSha256":null,"params":[{"key":"fast_period","type":"int","required":true,"default":"12","min":2,"max":200,"values":null,"label":"Fast"}],"signals":1,"avgReturn":0.001,"created":"2026-11-21T10:00:00.000Z","modified":"2026-11-21T10:00:00.000Z","version":1}""";

    public static void MapTradingSystems(this RouteGroupBuilder admin)
    {
        admin.MapPost("/tradingsystems/list", TradingSystemAdministration.ListAsync)
            .DescribeList(
                "Trading systems with the signals that use them and what they brought in 90 days, page by page",
                """{"filter":{"active":true}}""",
                Item);
        admin.MapPost("/tradingsystems/get", TradingSystemAdministration.GetAsync)
            .DescribeGet("One trading system", """{"name":"MacdCrossover"}""", Item);
        admin.MapPost("/tradingsystems/create", TradingSystemAdministration.CreateAsync)
            .DescribeCreate(
                "A new trading system",
                """{"name":"MacdCrossover","params":[{"key":"fast_period","type":"int","required":true,"default":"12","min":2,"max":200}]}""",
                Item);
        admin.MapPost("/tradingsystems/update", TradingSystemAdministration.UpdateAsync)
            .DescribeUpdate("Changes a trading system; what is left out stays", """{"name":"MacdCrossover","version":1,"active":false}""", Item);
        admin.MapPost("/tradingsystems/delete", TradingSystemAdministration.DeleteAsync)
            .DescribeDelete("Deletes a trading system no signal uses", """{"name":"MacdCrossover","version":1}""");
    }
}
