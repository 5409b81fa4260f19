using MaoApi.Auth;
using MaoApi.Engines;

namespace MaoApi.Features.ClientMt;

public sealed record AccountLogRequest : LogPeriod, IAccountRequest
{
    public string? AccountId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

internal static class AccountLog
{
    public static Task<IResult> HandleAsync(
        AccountLogRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        request.DownloadAsync(http, engines, cancellationToken);
}
