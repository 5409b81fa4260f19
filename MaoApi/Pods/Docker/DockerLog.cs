using System.Buffers.Binary;

namespace MaoApi.Pods.Docker;

/// <summary>What a container writes.</summary>
internal sealed class DockerLog(DockerApi api, string id, string outputFile, TimeProvider time, ILogger logger)
    : RunLog($"container {id}", outputFile, time, logger)
{
    /// <summary>Stream, three zeros, length; the payload is a time, a blank and a part of a line.</summary>
    private const int HeaderBytes = 8;
    private const int MaxFrameBytes = 1024 * 1024;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var since = Mark.Last is { } last ? $"&since={last.ToUnixTimeMilliseconds() / 1000}" : "";
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
            await Mark.AppendAsync(frame.AsMemory(0, (int)length), cancellationToken);
        }
    }
}
