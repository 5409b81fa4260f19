using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record AccountLogRequest : IAccountRequest, IValidatableObject
{
    public string? AccountId { get; init; }

    /// <summary>yyyy-MM-dd, UTC.</summary>
    [Required]
    public DateOnly? LogDate { get; init; }

    /// <summary>The last day, where several are wanted.</summary>
    public DateOnly? LogDateTo { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        LogDateTo < LogDate ? [new ValidationResult("logDateTo lies before logDate", [nameof(LogDateTo)])] : [];
}

internal static class AccountLog
{
    public static async Task<IResult> HandleAsync(
        AccountLogRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Log(new { request.LogDate, request.LogDateTo });
        return EngineDownload.Of(await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken));
    }
}
