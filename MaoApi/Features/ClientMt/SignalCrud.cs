using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record SignalCrudRequest : IAccountRequest, IValidatableObject
{
    internal const string Create = "create";
    internal const string Read = "read";
    internal const string Update = "update";
    internal const string Delete = "delete";

    public string? AccountId { get; init; }

    [Required]
    [AllowedValues(Create, Read, Update, Delete)]
    public string? Op { get; init; }

    /// <summary>The whole signal to create or update; to delete, its signalId and version; to read, nothing.</summary>
    public SignalBody? Signal { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => Op == Read ? AccountLevel.Read : AccountLevel.Trade;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Op is Create or Update or Delete && Signal is null)
        {
            return [new ValidationResult("The Signal field is required.", [nameof(Signal)])];
        }

        var missing = Op is Create or Update ? Signal!.Missing(nameof(Signal)) : [];
        return Op is Update or Delete && Signal!.SignalId is not { Length: > 0 }
            ? missing.Append(new ValidationResult("The SignalId field is required.", [$"{nameof(Signal)}.{nameof(SignalBody.SignalId)}"]))
            : missing;
    }
}

internal static class SignalCrud
{
    public static async Task<IResult> HandleAsync(
        SignalCrudRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        if (request.Op is SignalCrudRequest.Create or SignalCrudRequest.Update)
        {
            var question = EngineCalls.ValidateSignal(new { request.Signal });
            await using var verdict = await engines.SendAsync(http.Account(), question, http.RequestId(), cancellationToken);
            if (verdict.Refusal is not null)
            {
                return verdict.ToFailure();
            }
        }

        var call = request.Op switch
        {
            SignalCrudRequest.Read => EngineCalls.Signals(),
            SignalCrudRequest.Delete => EngineCalls.DeleteSignal(new { request.Signal!.SignalId, request.Signal.Version }),
            _ => EngineCalls.UpsertSignal(new { request.Signal }),
        };
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
