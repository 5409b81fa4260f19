using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record PerformanceQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [AllowedValues("1d", "7d", "30d", "90d", "1y", ErrorMessage = "1d, 7d, 30d, 90d or 1y is expected")]
    public string? Period { get; init; }

    /// <summary>Only trades of this trading system.</summary>
    [StringLength(100)]
    public string? System { get; init; }

    /// <summary>Only trades of this signal.</summary>
    [StringLength(64)]
    public string? SignalId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

internal static class Performance
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] PerformanceQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Performance(new { query.Period, query.System, query.SignalId });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
