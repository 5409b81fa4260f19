using System.Text.Json;

namespace MaoApi.Engines;

/// <summary>The calls the gateway makes: numbers of the wire in one place.</summary>
internal static class EngineCalls
{
    private const int LogService = 1;
    private const int CommandService = 2;
    private const int AccountService = 5;

    private static readonly byte[] PortfolioData = """{"srvId":3}"""u8.ToArray();
    private static readonly byte[] SignalsData = """{"srvId":4}"""u8.ToArray();
    private static readonly byte[] EmptyData = "{}"u8.ToArray();

    /// <summary>An order is retried only because its clientOrderId makes a second one the same order.</summary>
    public static EngineCall OpenPosition(object order) => Command(1, order, idempotent: true);

    public static EngineCall ClosePosition(object order) => Command(2, order, idempotent: true);

    public static EngineCall Portfolio() => new(CommandService, PortfolioData, Idempotent: true);

    public static EngineCall Signals() => new(CommandService, SignalsData, Idempotent: true);

    public static EngineCall UpsertSignal(object signal) => Command(6, signal, idempotent: false);

    public static EngineCall DeleteSignal(object signal) => Command(7, signal, idempotent: false);

    public static EngineCall ValidateSignal(object signal) => Command(8, signal, idempotent: true);

    public static EngineCall Orders(object query) => Command(11, query, idempotent: true);

    /// <summary>The state of the engine and its connections.</summary>
    public static EngineCall AccountState() => new(AccountService, EmptyData, Idempotent: true);

    /// <summary>The ZIP of one day's log, or of several.</summary>
    public static EngineCall Log(object days) =>
        new(LogService, JsonSerializer.SerializeToUtf8Bytes(days, EngineJson.Options), Idempotent: true) { ExpectsPayload = true };

    /// <summary>Puts the command's number before the members of its data.</summary>
    private static EngineCall Command(int number, object data, bool idempotent)
    {
        var json = JsonSerializer.SerializeToNode(data, EngineJson.Options)!.AsObject();
        json.Insert(0, "srvId", number);
        return new EngineCall(CommandService, JsonSerializer.SerializeToUtf8Bytes(json, EngineJson.Options), idempotent);
    }
}
