using MaoApi.Engines;
using MaoApi.Http;
using MaoTrade.Market.Charts.Reports;

namespace MaoApi.Reports;

/// <summary>A report an engine has drawn, passed on as it comes; its type and what it may do are the gateway's word, not the engine's.</summary>
internal sealed class EngineReport(EngineReply engineReply, ReportFormat format, string name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reply = engineReply;
        if (reply.Refusal is not null)
        {
            await reply.ToFailure().ExecuteAsync(httpContext);
        }
        else if (reply.Payload is not { Sha256: { } digest } payload)
        {
            await Failure.Of(ApiCodes.WireBroken).ExecuteAsync(httpContext);
        }
        else if (!ReportHeaders.Set(httpContext, format, name, digest))
        {
            httpContext.Response.ContentLength = payload.SizeBytes;
            await EngineDownload.CopyAsync(payload.Content, httpContext.Response.BodyWriter, httpContext.RequestAborted);
        }
    }
}
