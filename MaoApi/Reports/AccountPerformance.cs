using MaoTrade.Market.Figures;

namespace MaoApi.Reports;

/// <summary>What an engine tells of its account's performance (PROTOCOL.md, srvId 15).</summary>
internal sealed record AccountPerformance
{
    public required string AccountId { get; init; }

    public required string Period { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public string Currency { get; init; } = "";

    public required PerformanceFigures Figures { get; init; }

    public required IReadOnlyList<ResultDay> Days { get; init; }

    public IReadOnlyList<AccountTrade>? Trades { get; init; }

    /// <summary>The system or signal it is of; empty where it is of the whole account.</summary>
    public string Scope { get; init; } = "";
}

/// <summary>A trade of it.</summary>
internal sealed record AccountTrade(
    DateTimeOffset At, string Epic, int OpType, decimal? Qty, DateTimeOffset? OpenedAt, decimal? EntryPrice, decimal? ExitPrice, decimal? Fees, decimal Pnl);
