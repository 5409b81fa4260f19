using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;

namespace MaoTrade.Engine.Trading.Commands;

/// <summary>Data of service 2; <see cref="SrvId"/> says which command it is.</summary>
public abstract record TradeCommand
{
    public int SrvId { get; init; }
}

/// <summary>srvId 1.</summary>
public sealed record OpenPositionCommand : TradeCommand
{
    public string? ClientOrderId { get; init; }

    public required string Epic { get; init; }

    public required OrderOpType OpType { get; init; }

    public OrderType OrderType { get; init; }

    public required decimal Qty { get; init; }

    public decimal? Price { get; init; }

    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }
}

/// <summary>srvId 2; without a quantity everything is closed.</summary>
public sealed record ClosePositionCommand : TradeCommand
{
    public string? ClientOrderId { get; init; }

    public required string Epic { get; init; }

    public decimal? Qty { get; init; }
}

/// <summary>srvId 5; what is left out stays as it is.</summary>
public sealed record UpdateAccountCommand : TradeCommand
{
    public required int Version { get; init; }

    public bool? TradingEnabled { get; init; }

    public string? DailyCleanTime { get; init; }

    public RiskLimits? Risk { get; init; }
}

/// <summary>A signal as a client sends it.</summary>
public sealed record SignalProposal
{
    public string? SignalId { get; init; }

    public required string Epic { get; init; }

    public required string System { get; init; }

    public required int TimeFrame { get; init; }

    public JsonElement Params { get; init; }

    public long? StartTrade { get; init; }

    public long? EndTrade { get; init; }

    public bool Blocked { get; init; }

    public int? Version { get; init; }
}

/// <summary>srvId 6.</summary>
public sealed record UpsertSignalCommand : TradeCommand
{
    public required SignalProposal Signal { get; init; }
}

/// <summary>srvId 7.</summary>
public sealed record DeleteSignalCommand : TradeCommand
{
    public required string SignalId { get; init; }

    public int? Version { get; init; }
}

/// <summary>srvId 8.</summary>
public sealed record ValidateSignalCommand : TradeCommand
{
    public required SignalProposal Signal { get; init; }
}

/// <summary>srvId 9.</summary>
public sealed record BlockSignalCommand : TradeCommand
{
    public required string SignalId { get; init; }

    public required bool Blocked { get; init; }
}

/// <summary>Service 3, storeWrite; without a value the key is taken away.</summary>
public sealed record WriteDatastoreCommand : TradeCommand
{
    public required string SignalId { get; init; }

    public required string Key { get; init; }

    public string? Value { get; init; }
}

/// <summary>srvId 10; without <c>blocked</c> the account is blocked.</summary>
public sealed record KillSwitchCommand : TradeCommand
{
    public bool? Blocked { get; init; }

    public required string Reason { get; init; }
}

/// <summary>srvId 12; a level that is left out stays, null takes it away.</summary>
public sealed record ModifyPositionCommand : TradeCommand
{
    public string? ClientOrderId { get; init; }

    public string? Epic { get; init; }

    public string? OrderId { get; init; }

    public JsonElement StopPrice { get; init; }

    public JsonElement LimitPrice { get; init; }
}

/// <summary>srvId 13.</summary>
public sealed record CancelOrderCommand : TradeCommand
{
    public required string OrderId { get; init; }
}

/// <summary>srvId 14: an operator's decision about an order whose outcome the broker does not tell.</summary>
public sealed record ResolveOrderCommand : TradeCommand
{
    public required string OrderId { get; init; }

    /// <summary>filled, rejected, cancelled or absent.</summary>
    public required string Outcome { get; init; }

    public required string Reason { get; init; }

    public required string By { get; init; }

    /// <summary>Quantity of an order that is filled; left out = all that was open.</summary>
    public decimal? Qty { get; init; }

    /// <summary>Price of an order that is filled.</summary>
    public decimal? Price { get; init; }
}

/// <summary>srvId 11; answered from the snapshot.</summary>
public sealed record ListOrdersCommand : TradeCommand
{
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Cursor { get; init; }

    public int? Limit { get; init; }
}

/// <summary>srvId 15; answered from the store and the snapshot.</summary>
public sealed record PerformanceCommand : TradeCommand
{
    /// <summary>1d, 7d, 30d, 90d or 1y.</summary>
    public required string Period { get; init; }

    public string? System { get; init; }

    public string? SignalId { get; init; }

    /// <summary>Whether the latest trades are told too.</summary>
    public bool Trades { get; init; }
}

/// <summary>srvId 3 and 4; answered from the snapshot.</summary>
public sealed record ReadCommand : TradeCommand;
