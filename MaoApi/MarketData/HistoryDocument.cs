using System.Buffers;
using System.Data;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace MaoApi.MarketData;

/// <summary>
/// Bars as an answer. A short one says its length; a long one is sent piece by piece. What comes is promised by its head, so where a piece
/// was written anew meanwhile the connection ends.
/// </summary>
internal sealed class HistoryDocument(string symbol, int timeFrameSeconds, HistoryStretch stretch, BarShape shape) : IResult
{
    /// <summary>About one and a half megabyte of rows.</summary>
    private const int MostPiecesAtOnce = 16;

    /// <summary>What goes to the socket together: a flush for each small part costs more than the part.</summary>
    private const int FlushBytes = 512 * 1024;

    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancelled) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "application/json; charset=utf-8";
        try
        {
            if (stretch.Pieces.Count <= MostPiecesAtOnce)
            {
                var parts = await PartsAsync(cancelled).ToListAsync(cancelled);
                response.ContentLength = parts.Sum(part => (long)part.Length);
                await SendAsync(response.BodyWriter, parts.ToAsyncEnumerable(), cancelled);
            }
            else
            {
                await SendAsync(response.BodyWriter, PartsAsync(cancelled), cancelled);
            }
        }
        catch (DBConcurrencyException)
        {
            httpContext.Abort();
        }
    }

    private static async Task SendAsync(PipeWriter body, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        var waiting = 0;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            body.Write(part.Span);
            waiting += part.Length;
            if (waiting >= FlushBytes)
            {
                await body.FlushAsync(cancellationToken);
                waiting = 0;
            }
        }

        await body.FlushAsync(cancellationToken);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = $$"""{"code":0,"message":"","data":{"ticker":{{JsonSerializer.Serialize(symbol)}},"timeFrame":{{timeFrameSeconds}},"count":{{stretch.Count}},"frames":""";
        var lists = shape == BarShape.Rows ? 1 : BarText.Names.Count;
        for (var list = 0; list < lists; list++)
        {
            var name = shape == BarShape.Rows ? "" : $"{(list == 0 ? "{" : "],")}\"{BarText.Names[list]}\":";
            yield return Encoding.UTF8.GetBytes($"{(list == 0 ? head : "")}{name}[");
            foreach (var (number, piece) in stretch.Pieces.Index())
            {
                if (await piece.ReadAsync(cancellationToken) is not { } text)
                {
                    throw new DBConcurrencyException("A block of bars was written anew.");
                }

                if (number > 0)
                {
                    yield return Comma;
                }

                yield return text.Slice(list, piece.Begin, piece.End);
            }
        }

        yield return Encoding.UTF8.GetBytes(shape == BarShape.Rows ? "]}}" : "]}}}");
    }
}
