using MaoTrade.Engine.Testing.Rules;

namespace MaoTrade.Engine.Testing.Data;

/// <summary>Which bars a test runs on.</summary>
/// <param name="Path">A CSV file or a Metastock folder.</param>
public sealed record BacktestSource(string Path)
{
    /// <summary>The instrument: required with a folder of several; a CSV file is named by it.</summary>
    public string? Epic { get; init; }

    /// <summary>Length of a bar, seconds; null = that of the data. Shorter bars are put together.</summary>
    public int? TimeFrameSeconds { get; init; }

    /// <summary>Bars that start earlier are left out.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Bars that start then or later are left out; a date alone (see the flags) counts as its end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>File of price factors, <see cref="BacktestRules.Adjust"/>.</summary>
    public string? Adjust { get; init; }
}
