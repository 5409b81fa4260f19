using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Commands;

/// <summary>Reply of srvId 1, 2 and 12.</summary>
public sealed record OrderReply(Order Order, bool Duplicate);

/// <summary>Reply of srvId 13 and 14.</summary>
public sealed record OrderStateReply(Order Order);

/// <summary>Reply of srvId 10; the version is that of the commit that stores it, or an earlier one where nothing changed.</summary>
public sealed record KillSwitchReply(bool Blocked, long Version);

/// <summary>Reply of srvId 5.</summary>
public sealed record ConfigReply(AccountConfig Config);

/// <summary>Reply of srvId 6 and 9.</summary>
public sealed record SignalReply(Signals.Signal Signal);

/// <summary>Reply of srvId 4.</summary>
public sealed record SignalsReply(IEnumerable<Signals.Signal> Signals);

/// <summary>Reply of srvId 7.</summary>
public sealed record SignalDeletedReply(string SignalId);

/// <summary>Reply of srvId 8, and data of a refusal (454).</summary>
public sealed record ValidationReply(bool Valid, IReadOnlyList<Systems.SignalError> Errors, IReadOnlyList<string> Warnings);

/// <summary>Reply of service 3, storeRead and storeWrite.</summary>
public sealed record DatastoreReply(string SignalId, string Key, string? Value);

/// <summary>Reply of srvId 11.</summary>
public sealed record OrdersReply(ImmutableArray<Order> Orders, string? Cursor);

/// <summary>Reply of srvId 15; trades only where they were asked for.</summary>
public sealed record PerformanceReply(
    string AccountId, string Period, DateTimeOffset From, DateTimeOffset To, string Currency, PerformanceFigures Figures,
    IReadOnlyList<ResultDay> Days)
{
    /// <summary>The latest trades, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Results.ListedTrade>? Trades { get; init; }
}
