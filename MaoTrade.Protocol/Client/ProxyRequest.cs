using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>A request to an engine.</summary>
/// <param name="Service">The service, 1 to 5.</param>
/// <param name="Data">One JSON object, UTF-8; empty means <c>{}</c>. Read until the request is answered.</param>
public sealed record ProxyRequest(int Service, ReadOnlyMemory<byte> Data)
{
    /// <summary>Name of the request in the engine's log (<c>rid</c>), at most 128 bytes of JSON, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// How long the engine may let the request wait before it begins; brought into 100 ms to 60 s. Default 10 s.
    /// The whole call may take this long and <see cref="MTProxyOptions.ReplyGrace"/> more.
    /// </summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the request may be sent again after a failure: true for reads and for commands with a <c>clientOrderId</c>.
    /// Others are sent again only if no byte of them can have reached the engine.
    /// </summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether the reply may bring a payload to be read as a stream.</summary>
    public bool ExpectsPayload { get; init; }

    /// <summary>Largest payload accepted, bytes. Default 64 MiB; at most 4 GiB - 1.</summary>
    public long MaxPayloadBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// How long a request that <see cref="ExpectsPayload"/> waits for the first byte of its reply; null means
    /// <see cref="MTProxyOptions.FirstByteTimeout"/>.
    /// </summary>
    public TimeSpan? FirstByteTimeout { get; init; }

    internal int TimeToLiveMs => (int)Math.Clamp(TimeToLive.TotalMilliseconds, RequestHead.MinTimeToLiveMs, RequestHead.MaxTimeToLiveMs);
}
