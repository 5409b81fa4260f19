namespace MaoApi.Features.Admin.Epics;

internal static class EpicRoutes
{
    private const string Item =
        """{"epic":"EURUSD","brokerCode":"paper","brokerEpic":"EURUSD","minQty":1,"maxQty":1000000,"qtyStep":1,"priceStep":0.00001,"feeRate":0,"marginRate":1,"currency":"USD","version":1}""";

    public static void MapEpics(this RouteGroupBuilder admin)
    {
        admin.MapPost("/epics/list", EpicAdministration.ListAsync)
            .DescribeList("What symbols are at their brokers, page by page", """{"filter":{"brokerCode":"paper"}}""", Item);
        admin.MapPost("/epics/get", EpicAdministration.GetAsync)
            .DescribeGet("What one symbol is at one broker", """{"epic":"EURUSD","brokerCode":"paper"}""", Item);
        admin.MapPost("/epics/create", EpicAdministration.CreateAsync)
            .DescribeCreate(
                "Lets a symbol be traded at a broker",
                """{"epic":"EURUSD","brokerCode":"paper","brokerEpic":"EURUSD","minQty":1,"maxQty":1000000,"qtyStep":1,"priceStep":0.00001,"currency":"USD"}""",
                Item);
        admin.MapPost("/epics/update", EpicAdministration.UpdateAsync)
            .DescribeUpdate(
                "Changes the terms of a symbol at a broker; what is left out stays",
                """{"epic":"EURUSD","brokerCode":"paper","version":1,"feeRate":0.001}""",
                Item);
        admin.MapPost("/epics/delete", EpicAdministration.DeleteAsync)
            .DescribeDelete("Ends that a symbol can be traded at a broker", """{"epic":"EURUSD","brokerCode":"paper","version":1}""");
    }
}
