namespace MaoApi.Live;

/// <summary>What a message is to the order of a channel.</summary>
internal enum LiveKind
{
    /// <summary>The whole channel as of a number.</summary>
    Snapshot,

    /// <summary>The change with a number.</summary>
    Change,

    /// <summary>Changes are missing; a snapshot follows.</summary>
    Gap,

    /// <summary>Not of a channel: status, heartbeat, pong, error.</summary>
    Notice,
}
