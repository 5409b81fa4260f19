namespace MaoTrade.Protocol.Messages;

/// <summary>The values of a reply's <c>code</c> (PROTOCOL.md, Reply codes).</summary>
public static class ReplyCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The request cannot be understood; the message names the field.</summary>
    public const int Malformed = 400;

    /// <summary>No such service, command, day or thing.</summary>
    public const int NotFound = 404;

    /// <summary>Conflicts with what is already there, such as an id in flight or an order with other content.</summary>
    public const int Conflict = 409;

    /// <summary>The request, or the reply it would need, is over a limit.</summary>
    public const int TooLarge = 413;

    /// <summary>Too much is waiting; nothing was done.</summary>
    public const int Busy = 429;

    /// <summary>The trading system does not exist or is not valid.</summary>
    public const int SystemNotFound = 453;

    /// <summary>The signal was refused by its trading system.</summary>
    public const int SignalRefused = 454;

    /// <summary>The order was refused by the risk limits.</summary>
    public const int RiskRefused = 460;

    /// <summary>A fault of the engine, logged there.</summary>
    public const int Fault = 500;

    /// <summary>Starting, stopping, or at the connection limit.</summary>
    public const int NotReady = 503;

    /// <summary>Not begun in time: not done, and it will not be.</summary>
    public const int NotBegun = 504;
}
