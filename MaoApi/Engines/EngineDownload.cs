using System.IO.Pipelines;
using MaoApi.Http;
using Microsoft.Net.Http.Headers;

namespace MaoApi.Engines;

/// <summary>Passes an engine's payload on as it comes, in a buffer of fixed size. A payload that ends early cuts the connection.</summary>
internal sealed class EngineDownload : IResult
{
    private const int BufferBytes = 64 * 1024;

    private readonly EngineReply _reply;
    private readonly ContentRangeHeaderValue? _part;

    private EngineDownload(EngineReply reply, ContentRangeHeaderValue? part) => (_reply, _part) = (reply, part);

    /// <summary>The result owns the reply.</summary>
    /// <param name="reply">The engine's, with its payload.</param>
    /// <param name="part">Which part of the whole the payload is; null where it is the whole.</param>
    public static EngineDownload Of(EngineReply reply, ContentRangeHeaderValue? part = null) => new(reply, part);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reply = _reply;
        if (reply.Refusal is not null)
        {
            await reply.ToFailure().ExecuteAsync(httpContext);
            return;
        }

        if (reply.Payload is not { } payload)
        {
            await Failure.Of(ApiCodes.WireBroken).ExecuteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        if (_part is not null)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = _part.ToString();
        }

        response.Headers.AcceptRanges = "bytes";
        response.ContentType = payload.ContentType;
        response.ContentLength = payload.SizeBytes;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(payload.FileName);
        response.Headers.ContentDisposition = disposition.ToString();
        if (payload.Sha256 is { } digest)
        {
            response.Headers.ETag = $"\"{digest}\"";
        }

        await CopyAsync(payload.Content, response.BodyWriter, httpContext.RequestAborted);
    }

    /// <summary>Reads into the server's own buffer, which pauses at this size: a slow caller holds one of them and no copy.</summary>
    public static async Task CopyAsync(Stream content, PipeWriter body, CancellationToken cancellationToken)
    {
        while (await content.ReadAsync(body.GetMemory(BufferBytes), cancellationToken) is var count and > 0)
        {
            body.Advance(count);
            await body.FlushAsync(cancellationToken);
        }
    }
}
