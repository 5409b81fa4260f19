namespace MaoTrade.Protocol.Client;

/// <summary>How an exchange with an engine ended, seen from the network. Business outcomes are in <see cref="ProxyReply.Code"/>.</summary>
public enum ProxyResult
{
    /// <summary>A whole reply arrived.</summary>
    NoError = 0,

    /// <summary>No connection could be made; no byte reached the engine.</summary>
    Connect = 1,

    /// <summary>No reply in time; the engine may have done the work.</summary>
    Timeout = 2,

    /// <summary>The connection failed before a reply; the engine may have done the work.</summary>
    Read = 3,

    /// <summary>The reply or its payload ended early.</summary>
    Truncated = 4,

    /// <summary>The engine's bytes break the grammar.</summary>
    Protocol = 5,

    /// <summary>The request or the reply is over a limit.</summary>
    TooLarge = 6,

    /// <summary>Too much is waiting for this engine already; nothing was sent.</summary>
    Busy = 7,

    /// <summary>A circuit breaker around the proxy is open; nothing was sent. Never set by the proxy itself.</summary>
    CircuitOpen = 8,
}
