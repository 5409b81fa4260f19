using System.Buffers.Binary;

namespace MaoApi.Pods.Docker;

/// <summary>Follows what a container writes into the account's output file, from where an earlier look ended.</summary>
internal sealed partial class DockerLog(DockerApi api, string id, string outputFile, TimeProvider time, ILogger logger)
{
    /// <summary>Stream, three zeros, length; the payload is a time, a blank and a part of a line.</summary>
    private const int HeaderBytes = 8;
    private const int MaxFrameBytes = 1024 * 1024;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly PodOutputMark _mark = new(outputFile);

    /// <summary>Follows until the container has ended and all was read, or the token says so. Does not throw.</summary>
    public async Task FollowAsync(Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        // The caller is a constructor.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellationToken);
                if (hasEnded())
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is PodDriverException or IOException)
            {
                Interrupted(logger, id, fault.Message);
                if (hasEnded())
                {
                    return;
                }
            }

            await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var since = _mark.Last is { } last ? $"&since={last.ToUnixTimeMilliseconds() / 1000}" : "";
        await using var stream = await api.StreamAsync(
            $"containers/{id}/logs?follow=true&stdout=true&stderr=true&timestamps=true{since}", cancellationToken);
        var header = new byte[HeaderBytes];
        var frame = new byte[64 * 1024];
        while (await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) == HeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            if (length > MaxFrameBytes)
            {
                throw new IOException($"a piece of log has {length} bytes");
            }

            frame = frame.Length >= length ? frame : new byte[length];
            await stream.ReadExactlyAsync(frame.AsMemory(0, (int)length), cancellationToken);
            await _mark.AppendAsync(frame.AsMemory(0, (int)length), cancellationToken);
        }
    }

    [LoggerMessage(3125, LogLevel.Information, "The log of container {Id} broke off and is taken up again: {Reason}")]
    private static partial void Interrupted(ILogger logger, string id, string reason);
}
