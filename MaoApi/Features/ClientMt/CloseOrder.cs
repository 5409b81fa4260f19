using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Idempotency;

namespace MaoApi.Features.ClientMt;

public sealed record CloseOrderRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    /// <summary>As for opening.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string? ClientOrderId { get; init; }

    [Required]
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>Left out, the whole position.</summary>
    [Range(typeof(decimal), "0.00000001", "1000000000")]
    public decimal? Qty { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class CloseOrder
{
    public static async Task<IResult> HandleAsync(
        CloseOrderRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.ClosePosition(new
        {
            ClientOrderId = http.OrderId(request.ClientOrderId),
            request.Epic,
            request.Qty,
        });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
