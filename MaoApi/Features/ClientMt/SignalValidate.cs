using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record SignalValidateRequest : IAccountRequest, IValidatableObject
{
    public string? AccountId { get; init; }

    [Required]
    public SignalBody? Signal { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Signal?.Missing(nameof(Signal)) ?? [];
}

internal static class SignalValidate
{
    public static async Task<IResult> HandleAsync(
        SignalValidateRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.ValidateSignal(new { request.Signal });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);

        // A refused signal is what was asked about: its verdict is the answer.
        return reply.Refusal == ApiCodes.SignalRefused ? EngineAnswer.OfRefusal(reply) : EngineAnswer.Of(reply);
    }
}
