using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.Srv;

/// <summary><c>/srv/ticker</c> and <c>/srv/study</c>: market history for the services of the platform.</summary>
internal static class MarketDataRoutes
{
    public static void MapMarketData(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/srv").WithTags("srv").RequireAccess(AccessLevel.Service);
        group.MapPost("/ticker/market-data", GetHistory.HandleAsync).Limited(RateAction.Heavy).Downloads()
            .Describe(
                "The last bars of a ticker up to a day or a time, ascending, as rows or columns; a time frame that is not stored is put together from the longest stored one that divides it",
                """{"ticker":"EURUSD","timeFrame":86400,"toDate":"2026-11-20","frames":250,"format":"rows"}""",
                """{"code":0,"message":"","data":{"ticker":"EURUSD","timeFrame":86400,"count":1,"frames":[{"frame":1795132800,"open":1.08,"high":1.09,"low":1.07,"close":1.085,"volume":0}]}}""",
                ApiCodes.NoData,
                ApiCodes.UnknownTimeFrame,
                ApiCodes.NotEnoughData);
        group.MapGet("/ticker", FindTickers.HandleAsync)
            .Describe(
                "Tickers by symbol or name, the best match first",
                null,
                """{"code":0,"message":"","data":{"items":[{"tickerId":17,"symbol":"EURUSD","name":"Euro / US dollar","market":"FX","score":100,"firstDate":"2001-01-01T00:00:00.000Z","lastDate":"2026-11-20T00:00:00.000Z","timeFrames":[3600,86400]}]}}""",
                ApiCodes.NoData);
        group.MapGet("/ticker/{tickerId}/gaps", GetGaps.HandleAsync).Limited(RateAction.Heavy)
            .Describe(
                "Bars that are missing between the first and the last one; closed are the times of the week at which most weeks have no bar",
                null,
                """{"code":0,"message":"","data":{"tickerId":17,"symbol":"EURUSD","timeFrame":86400,"from":1795132800,"to":1795737600,"missing":1,"items":[{"from":1795478400,"to":1795478400,"missing":1}]}}""",
                ApiCodes.NoData,
                ApiCodes.UnknownTimeFrame);
        group.MapPost("/study/update", UpdateStudy.HandleAsync)
            .Describe(
                "Stores values of a study; those of the same frames are replaced",
                """{"studyId":"trend-eurusd","values":[[1795132800,0.62],[1795219200,0.64]]}""",
                """{"code":0,"message":"","data":{"studyId":"trend-eurusd","updated":2}}""",
                ApiCodes.NoData,
                ApiCodes.EngineConflict);
        group.MapPost("/study/export", ExportStudy.HandleAsync).Limited(RateAction.Heavy)
            .Describe(
                "Makes a ticker of a study's values, or makes it anew; later values come to it by themselves",
                """{"studyId":"trend-eurusd","symbol":"TREND.EURUSD","name":"Trend of EURUSD"}""",
                """{"code":0,"message":"","data":{"tickerId":18,"symbol":"TREND.EURUSD","bars":2}}""",
                ApiCodes.NoData,
                ApiCodes.InsufficientRecords,
                ApiCodes.EngineConflict);
    }
}
