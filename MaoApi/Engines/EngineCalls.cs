using System.Text.Json;

namespace MaoApi.Engines;

/// <summary>The calls the gateway makes: numbers of the wire in one place.</summary>
internal static class EngineCalls
{
    private const int LogService = 1;
    private const int CommandService = 2;
    private const int SystemService = 3;
    private const int BacktestService = 4;
    private const int AccountService = 5;

    private static readonly byte[] PortfolioData = """{"srvId":3}"""u8.ToArray();
    private static readonly byte[] SignalsData = """{"srvId":4}"""u8.ToArray();
    private static readonly byte[] EmptyData = "{}"u8.ToArray();

    /// <summary>An order is retried only because its clientOrderId makes a second one the same order.</summary>
    public static EngineCall OpenPosition(object order) => Command(1, order, idempotent: true);

    public static EngineCall ClosePosition(object order) => Command(2, order, idempotent: true);

    public static EngineCall ModifyPosition(object levels) => Command(12, levels, idempotent: true);

    /// <summary>Not repeated: the second time the order has ended, and the refusal would hide that it was cancelled.</summary>
    public static EngineCall CancelOrder(object order) => Command(13, order, idempotent: false);

    public static EngineCall ResolveOrder(object decision) => Command(14, decision, idempotent: false);

    /// <summary>Thrown twice it does nothing twice.</summary>
    public static EngineCall KillSwitch(object reason) => Command(10, reason, idempotent: true);

    public static EngineCall UpdateAccount(object changes) => Command(5, changes, idempotent: false);

    public static EngineCall BlockSignal(object signal) => Command(9, signal, idempotent: true);

    public static EngineCall Performance(object period) => Command(15, period, idempotent: true);

    public static EngineCall Portfolio() => new(CommandService, PortfolioData, Idempotent: true);

    public static EngineCall Signals() => new(CommandService, SignalsData, Idempotent: true);

    public static EngineCall UpsertSignal(object signal) => Command(6, signal, idempotent: false);

    public static EngineCall DeleteSignal(object signal) => Command(7, signal, idempotent: false);

    public static EngineCall ValidateSignal(object signal) => Command(8, signal, idempotent: true);

    public static EngineCall Orders(object query) => Command(11, query, idempotent: true);

    /// <summary>The state of the engine and its connections.</summary>
    public static EngineCall AccountState() => new(AccountService, EmptyData, Idempotent: true);

    /// <summary>The ZIP of one day's log, or of several, or a part of it.</summary>
    public static EngineCall Log(object days) => new(LogService, Write(days), Idempotent: true) { ExpectsPayload = true };

    /// <summary>What such a ZIP is: name, size, digest, whether it stays as it is.</summary>
    public static EngineCall LogHead(object days)
    {
        var json = JsonSerializer.SerializeToNode(days, EngineJson.Options)!.AsObject();
        json["head"] = true;
        return new EngineCall(LogService, Write(json), Idempotent: true);
    }

    /// <summary>What trading systems there are, and what the one of a signal keeps.</summary>
    public static EngineCall Systems(object question) => new(SystemService, Write(question), Idempotent: true);

    /// <summary>A system test begins; twice it would be two.</summary>
    public static EngineCall StartBacktest(object test) => new(BacktestService, Write(test), Idempotent: false);

    public static EngineCall BacktestJob(object job) => new(BacktestService, Write(job), Idempotent: true);

    /// <summary>The report of a system test with charts.</summary>
    public static EngineCall BacktestReport(object job) => new(BacktestService, Write(job), Idempotent: true) { ExpectsPayload = true };

    /// <summary>The result of a system test, which may be long.</summary>
    public static EngineCall BacktestResult(object job) => new(BacktestService, Write(job), Idempotent: true) { ExpectsPayload = true };

    /// <summary>Puts the command's number before the members of its data.</summary>
    private static EngineCall Command(int number, object data, bool idempotent)
    {
        var json = JsonSerializer.SerializeToNode(data, EngineJson.Options)!.AsObject();
        json.Insert(0, "srvId", number);
        return new EngineCall(CommandService, Write(json), idempotent);
    }

    private static byte[] Write(object data) => JsonSerializer.SerializeToUtf8Bytes(data, EngineJson.Options);
}
