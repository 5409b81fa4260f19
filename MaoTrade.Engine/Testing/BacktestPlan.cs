using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Rules;

namespace MaoTrade.Engine.Testing;

/// <summary>What is tested, on what, by which rules: the same plan always gives the same result.</summary>
public sealed record BacktestPlan
{
    /// <summary>The systems that are known.</summary>
    public required SystemCatalog Catalog { get; init; }

    /// <summary>Name of the system.</summary>
    public required string System { get; init; }

    /// <summary>Its parameters, a JSON object.</summary>
    public required JsonElement Params { get; init; }

    public required BarSeries Bars { get; init; }

    public BacktestRules Rules { get; init; } = new();

    /// <summary>Cash at the beginning, in the currency of the instrument.</summary>
    public decimal StartEquity { get; init; } = 100_000;

    /// <summary>Where ids are drawn from.</summary>
    public long Seed { get; init; }

    /// <summary>Whether the result has what the system draws, for a report with charts.</summary>
    public bool KeepsChart { get; init; }

    /// <summary>Bars after which everything but the store is thrown away and restored; null = never.</summary>
    public int? ResumeAt { get; init; }
}
