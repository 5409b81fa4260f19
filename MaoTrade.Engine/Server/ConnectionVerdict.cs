namespace MaoTrade.Engine.Server;

/// <summary>What becomes of a connection whose deadlines were checked.</summary>
internal enum ConnectionVerdict
{
    /// <summary>Nothing is overdue.</summary>
    Keep = 0,

    /// <summary>It was idle: what has arrived is answered, then it is closed.</summary>
    Close = 1,

    /// <summary>It is ended at once.</summary>
    Abort = 2,
}
