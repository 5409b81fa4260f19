using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;

namespace MaoTrade.Engine.Trading;

/// <summary>How the account stands within a <see cref="TradingState"/>: what seldom changes.</summary>
internal sealed record AccountStanding
{
    public EngineStage Stage { get; init; } = EngineStage.Starting;

    public AccountConfig Config { get; init; } = null!;

    public DateOnly? TradingDay { get; init; }

    public string? FillCursor { get; init; }

    public bool BrokerConnected { get; init; }

    public BrokerCapabilities? Capabilities { get; init; }

    public bool Blocked { get; init; }

    public string? BlockReason { get; init; }

    public bool Liquidates { get; init; }

    public long Drift { get; init; }

    public ImmutableHashSet<string> StaleEpics { get; init; } = [];
}
