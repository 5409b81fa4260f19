using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record BacktestJobQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? JobId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

public sealed record CancelBacktestRequest : IAccountRequest
{
    public string? AccountId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;
}

/// <summary>A system test that was started: how far it is, what came of it, its end before time.</summary>
internal static class BacktestJob
{
    public static Task<IResult> StatusAsync(
        [AsParameters] BacktestJobQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        AskAsync("status", query.JobId!, http, engines, cancellationToken);

    public static async Task<IResult> ResultAsync(
        [AsParameters] BacktestJobQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.BacktestResult(new { Op = "result", query.JobId });
        return EngineDocument.Of(await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken));
    }

    public static Task<IResult> CancelAsync(
        string jobId, CancelBacktestRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        AskAsync("cancel", jobId, http, engines, cancellationToken);

    private static async Task<IResult> AskAsync(
        string op, string jobId, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var call = EngineCalls.BacktestJob(new { Op = op, JobId = jobId });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
