using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Client;

/// <summary>Results for what went wrong on the wire.</summary>
internal static class Failures
{
    /// <summary>What a violation means to the caller.</summary>
    /// <param name="violation">The violation.</param>
    /// <param name="received">Bytes of the unfinished reply that had arrived.</param>
    public static ProxyReply Of(WireViolation violation, long received) => violation switch
    {
        WireViolation.Truncated => ProxyReply.Failure(ProxyResult.Truncated, $"the reply ended after {received} bytes, before its end"),
        WireViolation.TooLarge => ProxyReply.Failure(ProxyResult.TooLarge, $"the reply is over the limit after {received} bytes"),
        _ => ProxyReply.Failure(ProxyResult.Protocol, $"the reply breaks the grammar: {violation}"),
    };

    /// <summary>What an exception of the network means to the caller.</summary>
    public static ProxyReply Of(Exception e) => e is PayloadException payload
        ? ProxyReply.Failure(payload.Result, payload.Message)
        : ProxyReply.Failure(ProxyResult.Read, e.Message);
}
