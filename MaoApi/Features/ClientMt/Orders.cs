using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record OrdersQuery : IAccountRequest, IValidatableObject
{
    public string? AccountId { get; init; }

    /// <summary>First moment, ISO-8601.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Moment before which, ISO-8601.</summary>
    public DateTimeOffset? To { get; init; }

    [StringLength(200)]
    public string? Cursor { get; init; }

    [Range(1, 200)]
    public int? Limit { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From > To)
        {
            yield return new ValidationResult("to lies before from", [nameof(To)]);
        }
    }
}

internal static class Orders
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] OrdersQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Orders(new { From = query.From?.UtcDateTime, To = query.To?.UtcDateTime, query.Cursor, query.Limit });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
