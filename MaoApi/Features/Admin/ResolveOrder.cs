using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

public sealed record ResolveOrderRequest : IAccountRequest, IValidatableObject
{
    private const string Filled = "filled";

    [Required]
    [StringLength(40)]
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? OrderId { get; init; }

    /// <summary>What became of the order at the broker; <c>absent</c>: it never arrived, and is sent again within its deadline.</summary>
    [Required]
    [AllowedValues(Filled, "rejected", "cancelled", "absent", ErrorMessage = "filled, rejected, cancelled or absent is expected")]
    public string? Outcome { get; init; }

    /// <summary>Kept with the order.</summary>
    [Required]
    [StringLength(200)]
    public string? Reason { get; init; }

    /// <summary>Of an order that is filled; left out, all that was open.</summary>
    [Range(typeof(decimal), "0.00000001", "1000000000")]
    public decimal? Qty { get; init; }

    /// <summary>Of an order that is filled.</summary>
    [Range(typeof(decimal), "0.00000001", "1000000000000")]
    public decimal? Price { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Outcome == Filled && Price is null)
        {
            yield return new ValidationResult("price is required with the outcome filled", [nameof(Price)]);
        }

        if (Outcome != Filled)
        {
            foreach (var (name, value) in new[] { (nameof(Qty), Qty), (nameof(Price), Price) })
            {
                if (value is not null)
                {
                    yield return new ValidationResult("belongs to the outcome filled", [name]);
                }
            }
        }
    }
}

internal static class ResolveOrder
{
    public static async Task<IResult> HandleAsync(
        ResolveOrderRequest request, AdminUnit unit, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var decision = new { request.OrderId, request.Outcome, request.Reason, By = unit.Caller.UserId, request.Qty, request.Price };
        await unit.RecordAsync("orders/resolve", request.AccountId!, decision);
        await using var reply = await engines.SendAsync(http.Account(), EngineCalls.ResolveOrder(decision), http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
