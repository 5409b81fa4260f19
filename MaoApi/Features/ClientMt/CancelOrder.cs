using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record CancelOrderRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? OrderId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class CancelOrder
{
    public static async Task<IResult> HandleAsync(
        CancelOrderRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.CancelOrder(new { request.OrderId });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
