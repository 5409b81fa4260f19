using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MaoApi.Commands.Output;

namespace MaoApi.Commands.Rest;

/// <summary>
/// Downloads a log ZIP into a file. What has come is kept beside it as <c>.part</c> with the digest of the whole: a download that breaks
/// off goes on where it ended, also the next day and by another process. The file gets its name when its size and digest are right.
/// </summary>
internal sealed class LogDownloader(ApiClient api, CommandConsole console)
{
    private const int MostAttempts = 4;
    private const int BufferBytes = 64 * 1024;

    /// <summary>Longer than the gateway's own limit for a standstill.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(30);

    /// <summary>Downloads; the file's size in bytes.</summary>
    /// <param name="makeRequest">The request, made anew for each attempt.</param>
    /// <param name="chooseTarget">The file, from the name the gateway gives it.</param>
    /// <param name="target">The file, where its name is known before; only then can an earlier download go on.</param>
    /// <param name="cancellationToken">Ends it; what has come stays.</param>
    public async Task<(string File, long SizeBytes, string Sha256)> RunAsync(
        Func<HttpRequestMessage> makeRequest, Func<string, string> chooseTarget, string? target, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(makeRequest, chooseTarget, target, cancellationToken);
            }
            catch (Exception fault) when (fault is HttpRequestException or HttpIOException or TimeoutException && attempt < MostAttempts)
            {
                await console.Error.WriteLineAsync($"the download broke off ({fault.Message}); it goes on");
            }
            catch (TimeoutException fault)
            {
                throw new CommandException(CommandExit.Unreachable, fault.Message);
            }
        }
    }

    private async Task<(string File, long SizeBytes, string Sha256)> TryAsync(
        Func<HttpRequestMessage> makeRequest, Func<string, string> chooseTarget, string? target, CancellationToken cancellationToken)
    {
        using var request = makeRequest();
        var begun = target is null ? null : PartFile.Find(target);
        if (begun is { SizeBytes: > 0 })
        {
            request.Headers.Range = new RangeHeaderValue(begun.SizeBytes, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{begun.Sha256}\""));
        }

        using var response = await api.OpenAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            && begun is not null && response.Content.Headers.ContentRange?.Length == begun.SizeBytes)
        {
            return begun.Finish(target!, begun.SizeBytes);
        }

        if (!response.IsSuccessStatusCode)
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                begun?.Delete();
            }

            await ApiClient.DataOfAsync(response, cancellationToken);
        }

        var file = target ?? chooseTarget(response.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "log.zip");
        var isRest = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == begun?.SizeBytes;
        var total = response.Content.Headers.ContentRange?.Length ?? response.Content.Headers.ContentLength
            ?? throw new CommandException(CommandExit.Refused, "the gateway does not tell the log's size");
        var digest = response.Headers.ETag?.Tag.Trim('"')
            ?? throw new CommandException(CommandExit.Refused, "the gateway does not tell the log's digest");
        var part = isRest ? begun! : PartFile.Begin(file, digest);
        await CopyAsync(response, part, total, cancellationToken);
        return part.Finish(file, total);
    }

    private async Task CopyAsync(HttpResponseMessage response, PartFile part, long total, CancellationToken cancellationToken)
    {
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var sink = part.Append();
        using var progress = new CommandProgress(console, "downloading");
        var buffer = new byte[BufferBytes];
        while (true)
        {
            using var deadline = new CancellationTokenSource(Standstill, console.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            int count;
            try
            {
                count = await source.ReadAsync(buffer, either.Token);
            }
            catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"nothing came for {Standstill.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", fault);
            }
            catch (IOException fault) when (fault is not HttpIOException)
            {
                throw new HttpIOException(HttpRequestError.ResponseEnded, fault.Message, fault);
            }

            if (count == 0)
            {
                break;
            }

            await sink.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            progress.Show((double)sink.Length / total, $"{sink.Length:N0} of {total:N0} bytes");
        }
    }
}
