using MaoApi.Auth;
using MaoApi.Features.Admin.Roles;
using MaoApi.Http;
using MaoApi.Idempotency;
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

    private const string JobExample =
        """
        {"code":0,"message":"","data":{"jobId":"9c…","kind":"backtest","state":"running","progress":0.4,"message":"","created":"2026-11-21T12:00:00.000Z",
         "started":"2026-11-21T12:00:01.000Z","ended":null,"error":null}}
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
        group.MapPost("/orders/open", OpenOrder.HandleAsync).ForAccount().Limited(RateAction.Orders).Idempotent(safeToRepeat: true)
            .Describe(
                "Opens a position; answered when the order is committed, not when it is filled",
                """{"accountId":"demo1","epic":"EURUSD","opType":1,"orderType":0,"qty":100}""",
                OrderExample,
                [.. OfEngine, ApiCodes.RiskRefused]);
        group.MapPost("/orders/close", CloseOrder.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Closes a position, or a part of it", """{"accountId":"demo1","epic":"EURUSD"}""", OrderExample, [.. OfEngine, ApiCodes.RiskRefused]);
        group.MapPost("/orders/modify", ModifyOrder.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Changes stop loss and take profit of an open position; a level left out stays, null takes it away",
                """{"accountId":"demo1","epic":"EURUSD","stopPrice":1.05,"limitPrice":null}""",
                OrderExample,
                OfEngine);
        group.MapPost("/orders/cancel", CancelOrder.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe("Asks an order back; a fill wins", """{"accountId":"demo1","orderId":"01J…"}""", OrderExample, OfEngine);
        group.MapPost("/killswitch", KillSwitch.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Blocks the account: nothing opens any more, what works is cancelled, every position is closed; \"blocked\": false releases it",
                """{"accountId":"demo1","reason":"enough for today"}""",
                """{"code":0,"message":"","data":{"blocked":true,"version":812}}""",
                OfEngine);
        MapSystems(group);
        group.MapPost("/account/update", UpdateAccount.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Changes the account's configuration; risk replaces all limits",
                """{"accountId":"demo1","version":3,"tradingEnabled":true,"risk":{"enabled":true,"maxQty":1000,"maxDailyLoss":500}}""",
                """{"code":0,"message":"","data":{"config":{"tradingEnabled":true,"dailyCleanTime":"23:45","risk":{"enabled":true,"maxQty":1000,"maxDailyLoss":500},"version":4}}}""",
                OfEngine);
        group.MapGet("/performance", Performance.HandleAsync).ForAccount()
            .Describe(
                "Figures and days of a period: 1d, 7d, 30d, 90d or 1y, of the account, of a trading system or of a signal",
                null,
                """{"code":0,"message":"","data":{"accountId":"demo1","period":"7d","from":"2026-11-14T12:00:00.000Z","to":"2026-11-21T12:00:00.000Z","currency":"EUR","figures":{"trades":12,"sharpe":1.2},"days":[]}}""",
                OfEngine);
        group.MapGet("/report", AccountReport.HandleAsync).ForAccount().Limited(RateAction.Heavy)
            .Describe(
                "What an account brought in a period, to look at: equity, drawdown, days and trades as html, svg or png",
                null,
                null,
                [.. OfEngine, ApiCodes.TooManyInFlight]);
        group.MapAccountRoles();
        MapBacktest(group);
        group.MapPost("/signal/crud", SignalCrud.HandleAsync).ForAccount().Idempotent()
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
            .Describe("The engine's log of a day or of several, as ZIP", """{"accountId":"demo1","logDate":"2026-11-21"}""", null, [.. OfEngine, ApiCodes.BadRange]);
    }

    private static void MapSystems(RouteGroupBuilder group)
    {
        group.MapGet("/systems", Systems.HandleAsync).ForAccount()
            .Describe(
                "The trading systems of the account's engine and their parameters",
                null,
                """{"code":0,"message":"","data":{"systems":[{"name":"MacdCrossover","description":"…","params":[{"key":"fast_period","type":"int","required":false,"default":12,"min":1,"max":500,"values":[],"label":"Fast period"}]}]}}""",
                OfEngine);
        group.MapGet("/systems/{signalId}/state", SignalSystem.StateAsync).ForAccount()
            .Describe(
                "The stored state of a signal's trading system",
                null,
                """{"code":0,"message":"","data":{"signalId":"01J…","system":"MacdCrossover","state":{},"version":7,"savedAt":"2026-11-21T12:00:00.000Z"}}""",
                OfEngine);
        group.MapGet("/systems/{signalId}/chart", SignalSystem.ChartAsync).ForAccount().Limited(RateAction.Heavy)
            .Describe(
                "What a signal's trading system has drawn",
                null,
                """{"code":0,"message":"","data":{"areas":[{"name":"price","series":[{"name":"ema","kind":"line","points":[[1767225600,1.0512]]}]}]}}""",
                OfEngine);
        group.MapGet("/systems/{signalId}/log", SignalLog.HandleAsync).ForAccount()
            .Describe(
                "The own log of a signal's trading system, oldest first, page by page",
                null,
                """{"code":0,"message":"","data":{"items":[{"at":"2026-11-21T12:00:00.000Z","severity":"info","message":"crossed"}],"cursor":null}}""",
                OfEngine);
        group.MapPost("/systems/block", BlockSignal.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Blocks a signal, or releases it",
                """{"accountId":"demo1","signalId":"01J…","blocked":true}""",
                """{"code":0,"message":"","data":{"signal":{"signalId":"01J…","epic":"EURUSD","system":"MacdCrossover","state":"blocked","version":2}}}""",
                OfEngine);
    }

    private static void MapBacktest(RouteGroupBuilder group)
    {
        group.MapPost("/backtest/start", StartBacktest.HandleAsync).ForAccount().Limited(RateAction.Heavy).Idempotent()
            .Describe(
                "Begins a system test on recorded prices; answers 202 with its job",
                """{"accountId":"demo1","system":"MacdCrossover","epic":"EURUSD","timeFrame":3600,"from":"2026-01-01","to":"2026-06-30","params":{"fast_period":12}}""",
                JobExample,
                OfEngine);
        group.MapGet("/backtest/{jobId}", BacktestJob.StatusAsync).ForAccount()
            .Describe("How far a system test is", null, JobExample, OfEngine);
        group.MapGet("/backtest/{jobId}/result", BacktestJob.ResultAsync).ForAccount().Limited(RateAction.Heavy).Downloads()
            .Describe(
                "The report of a system test that is done",
                null,
                """{"code":0,"message":"","data":{"format":1,"system":"MacdCrossover","bars":5000,"figures":{"trades":120,"sharpe":0.9}}}""",
                OfEngine);
        group.MapGet("/backtest/{jobId}/report", BacktestReport.HandleAsync).ForAccount().Limited(RateAction.Heavy).Downloads()
            .Describe("A system test that is done, to look at: prices, fills, equity, drawdown and tables as html, svg or png", null, null, OfEngine);
        group.MapPost("/backtest/{jobId}/cancel", BacktestJob.CancelAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe("Ends a system test before its time", """{"accountId":"demo1"}""", JobExample, OfEngine);
    }
}
