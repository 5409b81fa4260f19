using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

public sealed record EngineLogRequest : IAccountRequest, IValidatableObject
{
    [Required]
    [StringLength(40)]
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

internal static class EngineLog
{
    public static async Task<IResult> HandleAsync(
        EngineLogRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Log(new { request.LogDate, request.LogDateTo });
        return EngineDownload.Of(await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken));
    }
}
