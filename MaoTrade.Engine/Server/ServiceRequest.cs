namespace MaoTrade.Engine.Server;

/// <summary>A request as a service sees it.</summary>
/// <param name="Data">The JSON object of <c>data</c>, UTF-8, already validated as JSON; valid until the reply is made.</param>
/// <param name="HasId">Whether the peer sent an id (such peers understand payloads of any kind).</param>
/// <param name="RequestId">The gateway's request id for the log, or null.</param>
/// <param name="ExpiresTimestamp">TimeProvider timestamp after which a command must no longer begin (504).</param>
public readonly record struct ServiceRequest(
    ReadOnlyMemory<byte> Data, bool HasId, string? RequestId, long ExpiresTimestamp);
