using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record SystemsQuery : IAccountRequest
{
    public string? AccountId { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Read;
}

internal static class Systems
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] SystemsQuery query, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        await using var reply = await engines.SendAsync(
            http.Account(), EngineCalls.Systems(new { Op = "list" }), http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply);
    }
}
