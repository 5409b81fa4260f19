namespace MaoApi.Live;

/// <summary>Sizes and times of a live connection, as the interface promises them.</summary>
internal static class LiveLimits
{
    /// <summary>Messages that may wait for a client.</summary>
    public const int Messages = 256;

    /// <summary>Bytes that may wait for a client; a single message may be longer.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>What the system may hold for a client; by itself it would hold megabytes for one that reads nothing.</summary>
    public const int SystemBytes = 64 * 1024;

    /// <summary>Longest message of a client, bytes.</summary>
    public const int CommandBytes = 16 * 1024;

    /// <summary>Accounts a client may listen to.</summary>
    public const int Accounts = 64;

    /// <summary>How long a client may take to say who it is.</summary>
    public static readonly TimeSpan Introduction = TimeSpan.FromSeconds(5);

    /// <summary>Between two heartbeats.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A client that says nothing so long is taken for gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    /// <summary>How old the last look at a user's row may be.</summary>
    public static readonly TimeSpan UserAge = TimeSpan.FromSeconds(8);

    /// <summary>How long a client may take to hear that it is being closed; then the connection is cut.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(60);
}
