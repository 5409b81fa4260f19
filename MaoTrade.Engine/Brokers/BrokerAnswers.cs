using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers;

/// <summary>What became of a request that changes something at the broker.</summary>
public enum OrderAnswerKind
{
    /// <summary>The broker took it.</summary>
    Accepted,

    /// <summary>The broker refused it: proven, final for this attempt.</summary>
    Rejected,

    /// <summary>No byte can have reached the broker.</summary>
    NotSent,

    /// <summary>No answer: it may or may not have happened.</summary>
    Unknown,
}

/// <summary>Answer to a submit, modify or cancel.</summary>
public sealed record OrderAnswer(OrderAnswerKind Kind, string? DealId, int ErrorCode, string Message);

/// <summary>What a look-up by deal reference found.</summary>
public enum LookUpKind
{
    /// <summary>The broker did not answer: nothing is known.</summary>
    NoAnswer,

    /// <summary>The broker does not know the reference (proof only after its look-up lag).</summary>
    Absent,

    /// <summary>Accepted and working.</summary>
    Open,

    /// <summary>Filled; the fills come by history.</summary>
    Filled,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>Cancelled.</summary>
    Cancelled,
}

/// <summary>Answer to a look-up.</summary>
public sealed record LookUpAnswer(LookUpKind Kind, string? DealId, int ErrorCode, string Message);

/// <summary>A working order as the broker shows it.</summary>
public sealed record BrokerOrder(
    string DealReference, string DealId, string Epic, OrderAction Action, OrderOpType OpType, OrderType OrderType, decimal Qty);

/// <summary>An open position as the broker shows it; <paramref name="Qty"/> is signed.</summary>
public sealed record BrokerPosition(
    string Epic, decimal Qty, decimal AvgPrice, decimal LastPrice, decimal? StopPrice, decimal? LimitPrice,
    IReadOnlyList<string> DealIds, DateTimeOffset OpenedAt);

/// <summary>Account figures in the account's currency.</summary>
public sealed record BrokerAccount(
    string AccountNameId, string AccountName, AccountStatus Status, string Currency,
    decimal TotalCash, decimal Equity, decimal UsedMargin, decimal Pnl, bool TradingSessionOpen);

/// <summary>Account figures and positions at one moment.</summary>
public sealed record BrokerPortfolio(BrokerAccount Account, IReadOnlyList<BrokerPosition> Positions);

/// <summary>Fills after a cursor; <paramref name="Cursor"/> continues, <paramref name="More"/> says whether to ask again.</summary>
public sealed record FillPage(IReadOnlyList<Fill> Fills, string Cursor, bool More);

/// <summary>Result of a market-data request; the numbers are stored and sent.</summary>
public enum MarketDataResult
{
    Ok = 0,
    Broker = 1,
    Network = 2,
    InvalidEpic = 3,
    InvalidTimeFrame = 4,
    NotConnected = 5,
    General = 6,
}

/// <summary>Closed frames of the past, oldest first.</summary>
public sealed record HistoryAnswer(MarketDataResult Result, IReadOnlyList<Frame> Frames);
