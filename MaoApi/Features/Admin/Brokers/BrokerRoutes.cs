namespace MaoApi.Features.Admin.Brokers;

internal static class BrokerRoutes
{
    private const string Item = """{"code":"paper","name":"Paper market","amclass":"Paper","config":{},"version":1}""";

    public static void MapBrokers(this RouteGroupBuilder admin)
    {
        admin.MapPost("/brokers/list", BrokerAdministration.ListAsync)
            .DescribeList("Brokers, page by page", """{"filter":{"amclass":"Paper"},"sort":"name"}""", Item);
        admin.MapPost("/brokers/get", BrokerAdministration.GetAsync).DescribeGet("One broker", """{"code":"paper"}""", Item);
        admin.MapPost("/brokers/create", BrokerAdministration.CreateAsync)
            .DescribeCreate("A new broker", """{"code":"paper","name":"Paper market","amclass":"Paper"}""", Item);
        admin.MapPost("/brokers/update", BrokerAdministration.UpdateAsync)
            .DescribeUpdate("Changes a broker; what is left out stays", """{"code":"paper","version":1,"name":"Paper market"}""", Item);
        admin.MapPost("/brokers/delete", BrokerAdministration.DeleteAsync)
            .DescribeDelete("Deletes a broker that no account and no epic uses", """{"code":"paper","version":1}""");
    }
}
