using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record BlockSignalRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? SignalId { get; init; }

    /// <summary>False releases it; an error of its system is cleared with that.</summary>
    [Required]
    public bool? Blocked { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class BlockSignal
{
    public static async Task<IResult> HandleAsync(
        BlockSignalRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.BlockSignal(new { request.SignalId, request.Blocked });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
