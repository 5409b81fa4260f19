using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.ClientMt;

/// <summary><c>/clientmt</c>: trading, passed on to the engine of the user's account.</summary>
internal static class ClientMtRoutes
{
    private const string OrderExample =
        """
        {"code":0,"message":"","data":{"order":{"orderId":"01J…","clientOrderId":"a1","epic":"EURUSD","action":0,"opType":1,"orderType":0,
         "qty":100,"execState":0,"dealStatus":0},"duplicate":false}}
        """;

    private const string SignalExample =
        """
        {"accountId":"demo1","op":"create","signal":{"epic":"EURUSD","system":"MacdCrossover","timeFrame":60,
         "params":{"fast_period":12,"slow_period":26,"stop_percent":2,"qty":100}}}
        """;

    private static readonly ApiCode[] OfEngine =
    [
        ApiCodes.EngineNotFound, ApiCodes.EngineConflict, ApiCodes.EngineBusy, ApiCodes.EngineFault, ApiCodes.EngineNotReady,
        ApiCodes.EngineTimeout, ApiCodes.WireConnect, ApiCodes.WireBroken, ApiCodes.CircuitOpen, ApiCodes.PodStopped,
    ];

    public static void MapClientMt(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/clientmt").WithTags("clientmt").RequireAccess(AccessLevel.User);
        group.MapGet("/accounts", Accounts.HandleAsync)
            .Describe(
                "The accounts open to the user",
                null,
                """{"code":0,"message":"","data":{"items":[{"accountId":"demo1","descr":"Demo 1","demo":true,"broker":"paper","role":"owner","active":true,"podState":"running"}]}}""");
        group.MapGet("/portfolio", Portfolio.HandleAsync)
            .Describe(
                "Positions and figures of one account, or of all that are open to the user",
                null,
                """{"code":0,"message":"","data":{"accounts":[{"accountId":"demo1","code":0,"message":"","portfolio":{"positions":[]}}]}}""",
                OfEngine);
        group.MapGet("/orders", Orders.HandleAsync).ForAccount()
            .Describe("Orders, oldest first, page by page", null, """{"code":0,"message":"","data":{"orders":[],"cursor":null}}""", OfEngine);
        group.MapPost("/orders/open", OpenOrder.HandleAsync).ForAccount().Limited(RateAction.Orders)
            .Describe(
                "Opens a position; answered when the order is committed, not when it is filled",
                """{"accountId":"demo1","epic":"EURUSD","opType":1,"orderType":0,"qty":100}""",
                OrderExample,
                [.. OfEngine, ApiCodes.RiskRefused]);
        group.MapPost("/orders/close", CloseOrder.HandleAsync).ForAccount()
            .Describe(
                "Closes a position, or a part of it", """{"accountId":"demo1","epic":"EURUSD"}""", OrderExample, [.. OfEngine, ApiCodes.RiskRefused]);
        group.MapPost("/signal/crud", SignalCrud.HandleAsync).ForAccount()
            .Describe(
                "Creates, reads, updates or deletes signals; the trading system validates them first",
                SignalExample,
                """{"code":0,"message":"","data":{"signal":{"signalId":"01J…","epic":"EURUSD","system":"MacdCrossover","state":"waiting","version":1}}}""",
                [.. OfEngine, ApiCodes.SystemInvalid, ApiCodes.SignalRefused]);
        group.MapPost("/signal/validate", SignalValidate.HandleAsync).ForAccount()
            .Describe(
                "Asks the trading system whether it would take a signal",
                """{"accountId":"demo1","signal":{"epic":"EURUSD","system":"MacdCrossover","timeFrame":60,"params":{"fast_period":12}}}""",
                """{"code":0,"message":"","data":{"valid":true,"errors":[],"warnings":[]}}""",
                [.. OfEngine, ApiCodes.SystemInvalid, ApiCodes.SignalRefused]);
        group.MapGet("/live/events", LiveEvents.HandleAsync).Streams()
            .Describe(
                "Live updates of one account as text/event-stream: channels portfolio, orders, signals, trades, logs; Last-Event-ID goes on",
                null,
                null,
                ApiCodes.RateLimited, ApiCodes.TooManyInFlight);
        app.MapGet("/clientmt/live", LiveSockets.HandleAsync).Streams().WithTags("clientmt").RequireAccess(AccessLevel.UserOrFirstMessage)
            .Describe(
                "Live updates by WebSocket, subprotocol mao.v1: the token in the header or as first message",
                null,
                null,
                ApiCodes.RateLimited, ApiCodes.TooManyInFlight);
        group.MapPost("/log", AccountLog.HandleAsync).ForAccount().Limited(RateAction.Heavy).Downloads()
            .Describe("The engine's log of a day or of several, as ZIP", """{"accountId":"demo1","logDate":"2026-11-21"}""", null, OfEngine);
    }
}
