using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Mt;

/// <summary><c>/mt</c>: an engine, for the account of its key alone. No request names an account.</summary>
internal static class MtRoutes
{
    private const string ConfigExample =
        """
        {"code":0,"message":"","data":{"accountId":"demo1","version":3,"broker":{"code":"paper","amclass":"Paper","config":{}},"accountData":null,
         "symbols":[{"epic":"EURUSD","epicData":null,"name":"Euro / US dollar","brokerEpic":"EURUSD","session":null,"minQty":1,"maxQty":1000000,
           "qtyStep":1,"priceStep":0.00001,"feeRate":0,"currency":"USD"}],"risk":null,"systems":["FUTM"],"plugins":[],
         "models":[{"name":"direction","version":"2026-11-01","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","sizeBytes":611968}],"flags":{}}}
        """;

    private const string EventExample =
        """
        {"events":[{"eventId":"5f0c2a7e9d1b4c3f","at":"2026-11-21T09:30:00Z","type":"order_error","severity":"error","signalId":"01J…",
         "title":"Order on EURUSD failed","message":"Buy 100 EURUSD: not enough margin"}]}
        """;

    private const string SummaryExample =
        """
        {"date":"2026-11-21","startEquity":100000,"endEquity":100420.5,"currency":"EUR","figures":{"trades":4,"wins":3,"losses":1,
         "totalProfit":420.5,"totalFees":0,"totalReturn":0.004205}}
        """;

    public static void MapMt(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/mt").WithTags("mt").RequireAccess(AccessLevel.Engine);
        group.MapGet("/config", GetConfig.HandleAsync)
            .Describe("All an engine has to know of its account; 304 while the If-None-Match sent is still it", null, ConfigExample);
        group.MapGet("/epic", GetEpic.HandleAsync)
            .Describe(
                "What an epic, or a ticker of the market data, is called elsewhere",
                null,
                """{"code":0,"message":"","data":{"epic":"EURUSD","epicData":"EURUSD","brokerEpic":"CS.D.EURUSD.CFD.IP","tickerId":17}}""",
                ApiCodes.EngineNotFound);
        group.MapGet("/model", GetModel.HandleAsync)
            .Describe("The file of a model the account uses, by its digest", null, null, ApiCodes.EngineNotFound);
        group.MapPost("/summary", PostSummary.HandleAsync)
            .Describe("The figures of a trading day; told again they take the place of the earlier ones", SummaryExample, """{"code":0,"message":"","data":{}}""");
        group.MapPost("/event", PostEvent.HandleAsync)
            .Describe(
                "What happened, up to 100 events, each judged by itself; told again an event is the same event",
                EventExample,
                """{"code":0,"message":"","data":{"accepted":1,"results":[{"eventId":"5f0c2a7e9d1b4c3f","code":0,"message":""}]}}""");
        group.MapPost("/bars", PostBars.HandleAsync)
            .Describe(
                "Bars of a live market for the history of their tickers, those of up to 100 epics and lengths, each judged by itself; known bars stay as they are",
                """{"bars":[{"epic":"EURUSD","timeFrame":3600,"frames":[[1763712000,1.1525,1.1541,1.152,1.1538,1840]]}]}""",
                """
                {"code":0,"message":"","data":{"accepted":1,"results":[{"epic":"EURUSD","timeFrame":3600,"code":0,"message":"","added":1,"known":0,
                 "refused":[]}]}}
                """);
    }
}
