using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record UpdateAccountRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    /// <summary>Of the configuration as the caller saw it.</summary>
    [Required]
    [Range(0, int.MaxValue)]
    public int? Version { get; init; }

    public bool? TradingEnabled { get; init; }

    /// <summary>HH:mm in the account's time zone.</summary>
    [RegularExpression(ClockTime.Pattern, ErrorMessage = ClockTime.Expected)]
    public string? DailyCleanTime { get; init; }

    /// <summary>Replaces all limits.</summary>
    public RiskBody? Risk { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class UpdateAccount
{
    public static async Task<IResult> HandleAsync(
        UpdateAccountRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.UpdateAccount(new { request.Version, request.TradingEnabled, request.DailyCleanTime, request.Risk });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
