using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record KillSwitchRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    /// <summary>False releases the account again.</summary>
    public bool Blocked { get; init; } = true;

    /// <summary>Kept with the block and with every order that closes.</summary>
    [Required]
    [StringLength(200)]
    public string? Reason { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class KillSwitch
{
    public static async Task<IResult> HandleAsync(
        KillSwitchRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.KillSwitch(new { request.Blocked, request.Reason });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
