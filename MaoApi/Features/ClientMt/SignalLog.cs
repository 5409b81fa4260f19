using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record SignalLogQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? SignalId { get; init; }

    [StringLength(20)]
    public string? Cursor { get; init; }

    [Range(1, 200)]
    public int? Limit { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

internal static class SignalLog
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] SignalLogQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.Systems(new { Op = "log", query.SignalId, query.Cursor, query.Limit });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
