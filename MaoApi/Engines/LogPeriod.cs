using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Engines;

/// <summary>Days of an engine's log, as both areas ask for them.</summary>
public abstract record LogPeriod : IValidatableObject
{
    /// <summary>yyyy-MM-dd, UTC.</summary>
    [Required]
    public DateOnly? LogDate { get; init; }

    /// <summary>The last day, where several are wanted.</summary>
    public DateOnly? LogDateTo { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        LogDateTo < LogDate ? [new ValidationResult("logDateTo lies before logDate", [nameof(LogDateTo)])] : [];

    /// <summary>The engine's ZIP of these days, passed on as it comes.</summary>
    internal async Task<IResult> DownloadAsync(HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Log(new { LogDate, LogDateTo });
        return EngineDownload.Of(await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken));
    }
}
