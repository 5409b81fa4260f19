using System.ComponentModel.DataAnnotations;

namespace MaoApi.Features.ClientMt;

/// <summary>Rules of a system test; left out, their default.</summary>
public sealed record BacktestRules
{
    [Range(typeof(decimal), "0.01", "1000000000000")]
    public decimal? StartEquity { get; init; }

    [AllowedValues(null, "next-open", "close", ErrorMessage = "next-open or close is expected")]
    public string? Fill { get; init; }

    /// <summary><c>none</c>, <c>per-share:R[,min:M]</c> or <c>percent:P</c>.</summary>
    [StringLength(60)]
    public string? Fee { get; init; }

    /// <summary>Price units.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal? Slippage { get; init; }

    /// <summary>Price units.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal? Spread { get; init; }

    /// <summary><c>system</c>, <c>qty:N</c> or <c>equity:F[,buffer:B]</c>.</summary>
    [StringLength(60)]
    public string? Sizing { get; init; }

    [AllowedValues(null, "hold", "close", ErrorMessage = "hold or close is expected")]
    public string? AtEnd { get; init; }

    /// <summary>File of price factors in the engine's market folder.</summary>
    [StringLength(200)]
    public string? Adjust { get; init; }

    public long? Seed { get; init; }
}
