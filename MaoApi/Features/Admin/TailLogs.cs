using System.Net.Mime;
using System.Text.Json;
using MaoApi.Http;
using MaoApi.Logs;
using Microsoft.AspNetCore.Http.Features;

namespace MaoApi.Features.Admin;

public sealed record TailLogsRequest : LogQuestion;

/// <summary>
/// New events as they are stored, as a stream of server-sent events. Nothing is kept for a reader: each look takes the next events from the
/// store, and a reader that takes too long over one look is cut; it goes on after the last one it had with <c>Last-Event-ID</c>.
/// </summary>
internal sealed class TailLogs(ILogStore store, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MaxReaders = 32;
    private const int MostAtOnce = 200;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(5);

    private int _readers;

    public static async Task<IResult> HandleAsync(
        [AsParameters] TailLogsRequest request, HttpContext http, TailLogs tail, CancellationToken cancellationToken) =>
        await tail.ServeAsync(request.ToFilter(), http, cancellationToken);

    private async Task<IResult> ServeAsync(LogFilter filter, HttpContext http, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _readers) > MaxReaders)
        {
            Interlocked.Decrement(ref _readers);
            return Failure.Of(ApiCodes.TooManyInFlight);
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
            await StreamAsync(filter, http, ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            // The reader is gone, or the gateway stops: the stream ends.
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }

        return Results.Empty;
    }

    private async Task StreamAsync(LogFilter filter, HttpContext http, CancellationToken cancellationToken)
    {
        var after = http.Request.Headers["Last-Event-ID"].ToString() is var last && store.IsId(last) ? last : await store.LastIdAsync(cancellationToken);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = MediaTypeNames.Text.EventStream;
        await WriteAsync(http, ":\n\n", cancellationToken);
        var wroteAt = time.GetTimestamp();
        while (true)
        {
            var slice = await store.ReadAfterAsync(filter, after, MostAtOnce, cancellationToken);
            after = slice.LastId;
            if (slice.Records.Count > 0 || time.GetElapsedTime(wroteAt) >= Heartbeat)
            {
                await WriteAsync(http, slice.Records.Count > 0 ? Events(slice.Records) : ":\n\n", cancellationToken);
                wroteAt = time.GetTimestamp();
            }

            if (slice.Records.Count < MostAtOnce)
            {
                await Task.Delay(LookInterval, time, cancellationToken);
            }
        }
    }

    private static string Events(IReadOnlyList<LogRecord> records) =>
        string.Concat(records.Select(record => $"id: {record.Id}\ndata: {JsonSerializer.Serialize(record, JsonDefaults.Options)}\n\n"));

    private async Task WriteAsync(HttpContext http, string text, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(WriteLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await http.Response.WriteAsync(text, either.Token);
        await http.Response.Body.FlushAsync(either.Token);
    }
}
