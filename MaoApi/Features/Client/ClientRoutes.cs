using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.Client;

/// <summary><c>/client</c>: what the mobile client does on its own, for the user of the token alone.</summary>
internal static class ClientRoutes
{
    private const string Done = """{"code":0,"message":"","data":{}}""";

    private const string DeviceExample =
        """{"deviceId":"a1b2","token":"fcm-registration-token","platform":"android","brand":"Fairphone","model":"5","push":true}""";

    private const string PreferencesExample =
        """
        {"channels":{"push":true,"telegram":{"chatId":"123456"},"webhook":{"url":"https://hooks.example.com/mao"}},
         "events":["order_error","system_error","broker_lost"],"quietFrom":"22:00","quietTo":"07:00","timeZone":"Europe/Rome"}
        """;

    public static void MapClient(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/client").WithTags("client").RequireAccess(AccessLevel.User);
        MapTickers(group);
        MapDevices(group);
        MapNotices(group);
    }

    private static void MapTickers(RouteGroupBuilder group)
    {
        group.MapGet("/ticker", SearchTickers.HandleAsync)
            .Describe(
                "Tickers by symbol or name, best first",
                null,
                """{"code":0,"message":"","data":{"items":[{"tickerId":17,"symbol":"EURUSD","name":"Euro / US dollar","market":"FX","score":100}]}}""");
        group.MapGet("/ticker/{tickerId}/chart", TickerChart.HandleAsync).Limited(RateAction.Heavy)
            .Describe(
                "Bars of a ticker with indicators worked out on them",
                null,
                """{"code":0,"message":"","data":{"frames":{"frame":[1767571200],"open":[1.08],"high":[1.09],"low":[1.07],"close":[1.085],"volume":[0]},"indicators":[{"name":"sma","params":[20],"values":[null]}]}}""",
                ApiCodes.EngineNotFound);
        group.MapGet("/ticker/{tickerId}/report", TickerReport.HandleAsync).Limited(RateAction.Heavy)
            .Describe("Candles of a ticker with indicators, to look at: html, svg or png", null, null, ApiCodes.EngineNotFound, ApiCodes.TooManyInFlight);
        group.MapGet("/watchlist", WatchList.ListAsync)
            .Describe("The user's watch list", null, """{"code":0,"message":"","data":{"items":[{"tickerId":17,"symbol":"EURUSD","name":"Euro / US dollar","market":"FX"}]}}""");
        group.MapPost("/watchlist", WatchList.AddAsync)
            .Describe(
                "Puts up to 100 tickers on the watch list, with a result for each",
                """{"tickerIds":[17]}""",
                """{"code":0,"message":"","data":{"results":[{"tickerId":17,"code":0,"message":""}]}}""");
        group.MapDelete("/watchlist/{tickerId}", WatchList.RemoveAsync)
            .Describe("Takes a ticker off the watch list", null, Done, ApiCodes.EngineNotFound);
        group.MapGet("/datastore/{tickerId}", TickerStores.ReadAsync)
            .Describe("What the client keeps with a ticker", null, """{"code":0,"message":"","data":{"tickerId":17,"store":{},"version":1}}""", ApiCodes.EngineNotFound);
        group.MapPut("/datastore/{tickerId}", TickerStores.WriteAsync)
            .Describe(
                "Keeps an object of at most 256 KiB with a ticker; version 0 where there is none yet",
                """{"store":{"lines":[]},"version":0}""",
                """{"code":0,"message":"","data":{"tickerId":17,"store":{"lines":[]},"version":1}}""",
                ApiCodes.EngineNotFound,
                ApiCodes.EngineConflict);
        group.MapGet("/news", ListNews.HandleAsync)
            .Describe(
                "News, newest first, page by page",
                null,
                """{"code":0,"message":"","data":{"items":[{"title":"…","image":null,"link":"https://…","published":"2026-11-21T09:30:00.000Z","type":"market"}],"cursor":null}}""");
    }

    private static void MapDevices(RouteGroupBuilder group)
    {
        group.MapGet("/devices", Devices.ListAsync)
            .Describe("The user's devices; their tokens are not shown", null, """{"code":0,"message":"","data":{"items":[{"deviceId":"a1b2","platform":"android","brand":"Fairphone","model":"5","push":true,"registered":true}]}}""");
        group.MapPost("/devices", Devices.PutAsync)
            .Describe("Makes a device known, or tells its new token", DeviceExample, """{"code":0,"message":"","data":{"deviceId":"a1b2","platform":"android","brand":"Fairphone","model":"5","push":true,"registered":true}}""");
        group.MapDelete("/devices/{deviceId}", Devices.RemoveAsync)
            .Describe("Forgets a device", null, Done, ApiCodes.EngineNotFound);
    }

    private static void MapNotices(RouteGroupBuilder group)
    {
        group.MapGet("/notifications", Notifications.ListAsync)
            .Describe(
                "What the user was told, newest first, page by page",
                null,
                """{"code":0,"message":"","data":{"items":[{"id":7,"type":"order_error","title":"demo1: Order on EURUSD failed","message":"…","data":{"accountId":"demo1"},"priority":"high","created":"2026-11-21T09:30:00.000Z","sentAt":null,"readAt":null}],"cursor":null,"unread":1}}""");
        group.MapPost("/notifications/read", Notifications.ReadAsync)
            .Describe("Marks notices as read", """{"ids":[7]}""", """{"code":0,"message":"","data":{"read":1}}""");
        group.MapGet("/preferences", PreferenceForm.ReadAsync)
            .Describe("How the user is told", null, """{"code":0,"message":"","data":{"channels":{"push":true,"telegram":null,"webhook":null},"events":["order_error"],"quietFrom":null,"quietTo":null,"timeZone":"UTC","version":0}}""");
        group.MapPut("/preferences", PreferenceForm.WriteAsync)
            .Describe(
                "Chooses how to be told; the answer shows the secret a webhook is signed with",
                PreferencesExample,
                """{"code":0,"message":"","data":{"channels":{"push":true,"telegram":null,"webhook":{"url":"https://hooks.example.com/mao","secret":"whsec_…"}},"events":[],"quietFrom":"22:00","quietTo":"07:00","timeZone":"Europe/Rome","version":1}}""",
                ApiCodes.EngineConflict);
    }
}
