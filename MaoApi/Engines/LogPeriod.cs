using System.ComponentModel.DataAnnotations;

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

    /// <summary>The engine's ZIP of these days, or the part of it the request's headers ask for.</summary>
    internal Task<IResult> DownloadAsync(HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        new LogDownload(http, engines, this).RunAsync(cancellationToken);
}
