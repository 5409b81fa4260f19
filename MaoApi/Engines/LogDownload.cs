using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace MaoApi.Engines;

/// <summary>
/// An engine's log ZIP, passed on as it comes: whole, not at all where the caller has it already, or the part that is missing. Parts are
/// given of days that are over only: the ZIP of a day that runs is another one each time. The gateway keeps nothing; the engine does.
/// </summary>
internal sealed class LogDownload(HttpContext http, EngineGateway engines, LogPeriod period)
{
    private object Days => new { period.LogDate, period.LogDateTo };

    public async Task<IResult> RunAsync(CancellationToken cancellationToken)
    {
        var wanted = http.Request.GetTypedHeaders();
        if (wanted.IfNoneMatch.Count == 0 && http.Request.Headers.Range.Count == 0)
        {
            return await WholeAsync(cancellationToken);
        }

        await using var reply = await SendAsync(EngineCalls.LogHead(Days), cancellationToken);
        if (reply.Refusal is not null)
        {
            // An engine of an earlier build knows the whole ZIP only.
            return reply.Refusal == ApiCodes.EngineInvalid ? await WholeAsync(cancellationToken) : reply.ToFailure();
        }

        var head = JsonSerializer.Deserialize<LogHead>(reply.Data.Span, JsonSerializerOptions.Web)!;
        var tag = new EntityTagHeaderValue($"\"{head.Sha256}\"");
        if (wanted.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.GetTypedHeaders().ETag = tag;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        return http.Request.Headers.Range.Count > 0 && head.Closed && IsStillMeant(wanted, tag)
            ? await PartAsync(head, cancellationToken)
            : await WholeAsync(cancellationToken);
    }

    /// <summary>Without <c>If-Range</c> the caller knows what it does; with it, a part of another ZIP is of no use.</summary>
    private static bool IsStillMeant(RequestHeaders wanted, EntityTagHeaderValue tag) =>
        wanted.Headers.IfRange.Count == 0 || (wanted.IfRange?.EntityTag is { } known && known.Compare(tag, useStrongComparison: true));

    private async Task<IResult> PartAsync(LogHead head, CancellationToken cancellationToken)
    {
        if (!RangeHeaderValue.TryParse(http.Request.Headers.Range.ToString(), out var range)
            || (range.Ranges.Count == 1 && !ByteRange.TryOf(range.Ranges.First(), head.Size, out _)))
        {
            http.Response.Headers.ContentRange = new ContentRangeHeaderValue(head.Size).ToString();
            return Failure.Of(ApiCodes.BadRange);
        }

        if (range.Unit != "bytes" || range.Ranges.Count != 1 || !ByteRange.TryOf(range.Ranges.First(), head.Size, out var part))
        {
            return await WholeAsync(cancellationToken);
        }

        var call = EngineCalls.Log(new { period.LogDate, period.LogDateTo, part.Offset, part.Length });
        var reply = await SendAsync(call, cancellationToken);
        if (reply.Payload is { } payload && (payload.Sha256 != head.Sha256 || payload.SizeBytes != part.Length))
        {
            // A late line has changed the day between the two questions.
            await reply.DisposeAsync();
            return await WholeAsync(cancellationToken);
        }

        return EngineDownload.Of(reply, new ContentRangeHeaderValue(part.Offset, part.Offset + part.Length - 1, head.Size));
    }

    private async Task<IResult> WholeAsync(CancellationToken cancellationToken) =>
        EngineDownload.Of(await SendAsync(EngineCalls.Log(Days), cancellationToken));

    private ValueTask<EngineReply> SendAsync(EngineCall call, CancellationToken cancellationToken) =>
        engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);

    private sealed record LogHead(long Size, string Sha256, bool Closed);
}
