using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;
using MaoApi.Idempotency;

namespace MaoApi.Features.ClientMt;

public sealed record ModifyOrderRequest : IAccountRequest, IValidatableObject
{
    public string? AccountId { get; init; }

    /// <summary>As for opening.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string? ClientOrderId { get; init; }

    /// <summary>The open position whose levels change.</summary>
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>A working order, in place of <see cref="Epic"/>, where the broker can change it.</summary>
    [StringLength(64)]
    public string? OrderId { get; init; }

    /// <summary>The stop loss: left out it stays, null takes it away.</summary>
    public JsonElement StopPrice { get; init; }

    /// <summary>The take profit: left out it stays, null takes it away.</summary>
    public JsonElement LimitPrice { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Epic is { Length: > 0 } == OrderId is { Length: > 0 })
        {
            yield return new ValidationResult("epic or orderId is required, and not both", [nameof(Epic)]);
        }

        if (StopPrice.ValueKind == JsonValueKind.Undefined && LimitPrice.ValueKind == JsonValueKind.Undefined)
        {
            yield return new ValidationResult("stopPrice or limitPrice is required", [nameof(StopPrice)]);
        }

        foreach (var (name, level) in new[] { (nameof(StopPrice), StopPrice), (nameof(LimitPrice), LimitPrice) })
        {
            if (!IsLevel(level))
            {
                yield return new ValidationResult("a price above 0, or null, is expected", [name]);
            }
        }
    }

    private static bool IsLevel(JsonElement level) => level.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Number => level.TryGetDecimal(out var price) && price > 0,
        _ => false,
    };
}

internal static class ModifyOrder
{
    public static async Task<IResult> HandleAsync(
        ModifyOrderRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var levels = new JsonObject { ["clientOrderId"] = http.OrderId(request.ClientOrderId) };
        levels.Add(request.Epic is { Length: > 0 } ? "epic" : "orderId", request.Epic is { Length: > 0 } epic ? epic : request.OrderId);
        Add(levels, "stopPrice", request.StopPrice);
        Add(levels, "limitPrice", request.LimitPrice);
        await using var reply = await engines.SendAsync(
            http.Account(), EngineCalls.ModifyPosition(levels), http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }

    private static void Add(JsonObject levels, string name, JsonElement level)
    {
        if (level.ValueKind != JsonValueKind.Undefined)
        {
            levels.Add(name, JsonValue.Create(level));
        }
    }
}
