using MaoApi.Hosting;
using MaoApi.Http;

namespace MaoApi.Features.Health;

internal sealed record LiveResponse(string Status, string Version, DateTimeOffset StartedAt);

internal static class Live
{
    public static IResult Handle(Readiness readiness) => Results.Ok(new Envelope<LiveResponse>(
        0, "alive", new LiveResponse("alive", ProductVersion.Value, readiness.StartedAt)));
}
