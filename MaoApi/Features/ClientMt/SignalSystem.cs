using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record SignalSystemQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    [Required]
    [StringLength(64)]
    public string? SignalId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

/// <summary>What the trading system of a signal keeps: its state, its chart.</summary>
internal static class SignalSystem
{
    public static Task<IResult> StateAsync(
        [AsParameters] SignalSystemQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        ReadAsync(new { Op = "state", query.SignalId }, http, engines, cancellationToken);

    public static Task<IResult> ChartAsync(
        [AsParameters] SignalSystemQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken) =>
        ReadAsync(new { Op = "chart", query.SignalId }, http, engines, cancellationToken);

    private static async Task<IResult> ReadAsync(object question, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        await using var reply = await engines.SendAsync(http.Account(), EngineCalls.Systems(question), http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
