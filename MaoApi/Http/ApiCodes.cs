using System.Collections.Frozen;
using System.Reflection;
using MaoTrade.Protocol.Client;

namespace MaoApi.Http;

/// <summary>
/// The only table between engine replies, results of the wire, HTTP statuses and codes of the envelope.
/// Families: 0 ok, 10–14 identity, 20–29 business, 30–39 input, 40–49 engine, 50 and up infrastructure.
/// </summary>
internal static class ApiCodes
{
    public static readonly ApiCode Unauthenticated = new("missing, invalid or expired token, wrong password", 401, 10);
    public static readonly ApiCode Inactive = new("account of the user not active", 403, 11);
    public static readonly ApiCode Expired = new("account of the user expired", 403, 12);
    public static readonly ApiCode Blocked = new("account of the user blocked", 403, 13);
    public static readonly ApiCode LockedOut = new("locked out after failed log-ins", 429, 13);
    public static readonly ApiCode Forbidden = new("not allowed, or an account that is not the caller's", 403, 14);
    public static readonly ApiCode UnknownRoute = new("unknown route", 404, 20);
    public static readonly ApiCode WrongMethod = new("wrong method", 405, 34);
    public static readonly ApiCode UnknownMediaType = new("unsupported media type", 415, 35);
    public static readonly ApiCode BadRange = new("no such part of it", 416, 36);
    public static readonly ApiCode SlowBody = new("body sent too slowly", 408, 37);
    public static readonly ApiCode RateLimited = new("too many requests", 429, 26);
    public static readonly ApiCode KeyConflict = new("the idempotency key is that of another request, or of one whose end is not known", 409, 27);
    public static readonly ApiCode NoData = new("no data, unknown ticker or resource", 404, 20);
    public static readonly ApiCode InsufficientRecords = new("insufficient records", 422, 21);
    public static readonly ApiCode UnknownTimeFrame = new("time frame not stored", 422, 31);
    public static readonly ApiCode NotEnoughData = new("not enough data", 422, 32);
    public static readonly ApiCode BodyTooLarge = new("body too large", 413, 33);
    public static readonly ApiCode Invalid = new("invalid input", 422, 30);
    public static readonly ApiCode PodStopped = new("the engine is stopped", 503, 46);
    public static readonly ApiCode Database = new("database not available", 503, 50);
    public static readonly ApiCode LogStore = new("log store not available", 503, 51);
    public static readonly ApiCode TooManyInFlight = new("too many requests in flight", 503, 53);
    public static readonly ApiCode Identity = new("who you are cannot be checked now", 503, 56);
    public static readonly ApiCode TooLate = new("not answered in time", 504, 55);
    public static readonly ApiCode Push = new("push messages cannot be sent", 502, 52);
    public static readonly ApiCode Fault = new("fault", 500, 59);

    public static readonly ApiCode EngineInvalid = new("refused by the engine: malformed", 422, 30, 400);
    public static readonly ApiCode EngineNotFound = new("not found", 404, 20, 404);
    public static readonly ApiCode EngineConflict = new("conflict or stale version", 409, 22, 409);
    public static readonly ApiCode EngineTooLarge = new("refused by the engine: too large", 413, 33, 413);
    public static readonly ApiCode EngineBusy = new("the engine is busy", 429, 43, 429);
    public static readonly ApiCode SystemInvalid = new("trading system not found or invalid", 422, 23, 453);
    public static readonly ApiCode SignalRefused = new("signal refused by its trading system", 422, 24, 454);
    public static readonly ApiCode RiskRefused = new("refused by a risk limit", 422, 25, 460);
    public static readonly ApiCode EngineFault = new("fault of the engine", 502, 44, 500, IsOutage: true);
    public static readonly ApiCode EngineNotReady = new("the engine is not ready", 503, 43, 503, IsOutage: true);
    public static readonly ApiCode EngineTimeout = new("not begun by the engine in time", 504, 41, 504, IsOutage: true);

    public static readonly ApiCode WireConnect = new("the engine cannot be reached", 502, 40, null, [ProxyResult.Connect], true);
    public static readonly ApiCode WireTimeout = new("the engine did not answer in time", 504, 41, null, [ProxyResult.Timeout], true);

    public static readonly ApiCode WireBroken = new(
        "the engine's answer was broken",
        502,
        42,
        null,
        [ProxyResult.Read, ProxyResult.Truncated, ProxyResult.Protocol, ProxyResult.TooLarge],
        true);

    public static readonly ApiCode WireBusy = new("too many calls to the engine are waiting", 503, 43, null, [ProxyResult.Busy]);
    public static readonly ApiCode CircuitOpen = new("the engine failed too often and is being left alone", 503, 45, null, [ProxyResult.CircuitOpen]);

    /// <summary>Every row, in the order of codes.</summary>
    public static readonly IReadOnlyList<ApiCode> All =
        [.. typeof(ApiCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ApiCode>().OrderBy(row => row.Code).ThenBy(row => row.Status)];

    private static readonly FrozenDictionary<int, ApiCode> ByEngineCode =
        All.Where(row => row.EngineCode is not null).ToFrozenDictionary(row => row.EngineCode!.Value);

    private static readonly FrozenDictionary<ProxyResult, ApiCode> ByProxyResult =
        All.SelectMany(row => (row.Proxy ?? []).Select(result => (result, row))).ToFrozenDictionary(pair => pair.result, pair => pair.row);

    /// <summary>The outcome of an engine's reply code other than 0; a code nobody wrote down is the engine's fault.</summary>
    public static ApiCode OfEngine(int engineCode) => ByEngineCode.GetValueOrDefault(engineCode, EngineFault);

    /// <summary>The outcome of a call that got no reply.</summary>
    public static ApiCode OfProxy(ProxyResult result) => ByProxyResult[result];
}
