using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;

namespace MaoApi.Features.Admin;

public sealed record EngineLogRequest : LogPeriod, IAccountRequest
{
    [Required]
    [StringLength(40)]
    public string? AccountId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class EngineLog
{
    public static Task<IResult> HandleAsync(
        EngineLogRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        request.DownloadAsync(http, engines, cancellationToken);
}
