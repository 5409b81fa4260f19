using System.Text.Json;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>Data of service 4; <see cref="Op"/> says what of it counts.</summary>
public sealed record BacktestJobRequest
{
    /// <summary>start, status, result, report or cancel.</summary>
    public required string Op { get; init; }

    /// <summary>The job, for all but start.</summary>
    public string? JobId { get; init; }

    /// <summary>Of a report: html (default), svg or png.</summary>
    public string? Format { get; init; }

    public string? System { get; init; }

    public JsonElement? Params { get; init; }

    /// <summary>File or folder below the market folder of the data directory; default EPIC.csv there, else the folder itself.</summary>
    public string? Data { get; init; }

    public string? Epic { get; init; }

    /// <summary>Seconds; null = as the data.</summary>
    public int? TimeFrame { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public BacktestJobRules? Rules { get; init; }

    /// <summary>Bars after which everything but the store is thrown away and restored.</summary>
    public int? ResumeAtFrame { get; init; }
}

/// <summary>Rules of a test as the flags of <c>backtest</c> want them; null = their default.</summary>
public sealed record BacktestJobRules
{
    public decimal? StartEquity { get; init; }

    public string? Fill { get; init; }

    public string? Fee { get; init; }

    public decimal? Slippage { get; init; }

    public decimal? Spread { get; init; }

    public string? Sizing { get; init; }

    public string? AtEnd { get; init; }

    /// <summary>Factor file below the market folder.</summary>
    public string? Adjust { get; init; }

    public long? Seed { get; init; }
}
