using MaoApi.Http;

namespace MaoApi.Engines;

/// <summary>JSON of an engine that may be long, inside the envelope: what comes as payload is passed on as it comes.</summary>
internal sealed class EngineDocument : IResult
{
    private readonly EngineReply _reply;

    private EngineDocument(EngineReply reply) => _reply = reply;

    /// <summary>The result owns the reply.</summary>
    public static EngineDocument Of(EngineReply reply) => new(reply);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reply = _reply;
        if (reply.Payload is not { } payload)
        {
            await EngineAnswer.Of(reply).ExecuteAsync(httpContext);
            return;
        }

        await new RawEnvelope(0, "").WriteAsync(
            httpContext, payload.SizeBytes, body => EngineDownload.CopyAsync(payload.Content, body, httpContext.RequestAborted));
    }
}
