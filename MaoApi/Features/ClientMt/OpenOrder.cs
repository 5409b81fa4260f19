using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Idempotency;

namespace MaoApi.Features.ClientMt;

public sealed record OpenOrderRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    /// <summary>The caller's own id of the order; without one the gateway makes one, so that its own retry cannot order twice.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string? ClientOrderId { get; init; }

    [Required]
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>1 buy, 2 sell.</summary>
    [Required]
    [Range(1, 2)]
    public int? OpType { get; init; }

    /// <summary>0 market, 1 limit, 2 stop.</summary>
    [Range(0, 2)]
    public int OrderType { get; init; }

    [Required]
    [Range(typeof(decimal), "0.00000001", "1000000000")]
    public decimal? Qty { get; init; }

    public decimal? Price { get; init; }

    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class OpenOrder
{
    public static async Task<IResult> HandleAsync(
        OpenOrderRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.OpenPosition(new
        {
            ClientOrderId = http.OrderId(request.ClientOrderId),
            request.Epic,
            request.OpType,
            request.OrderType,
            request.Qty,
            request.Price,
            request.StopPrice,
            request.LimitPrice,
        });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
