namespace MaoTrade.Engine.Brokers.Paper.Client;

/// <summary>Settings of the paper broker's client.</summary>
public sealed record PaperClientOptions
{
    /// <summary>How long an answer may take before the outcome is unknown. Default 5 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection and its greeting may take. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Wait before the second try to connect; it doubles with every further one. Default 200 ms up to 5 s, 450 times, because
    /// the paper broker is a neighbour on the same machine: it is back at once, and given up after the same 37 minutes as a
    /// distant broker with waits of 30 s to 300 s and ten tries.
    /// </summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between tries. Default 5 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Tries in a row before the broker is given up. Default 450.</summary>
    public int MaxTries { get; init; } = 450;

    /// <summary>Events waiting for their reader; a full queue stops the reading. Default 1,024.</summary>
    public int EventCapacity { get; init; } = 1_024;

    /// <summary>Requests waiting for an answer; beyond it requests are not sent. Default 256.</summary>
    public int RequestCapacity { get; init; } = 256;

    /// <summary>Wait after the n-th failed try in a row, n from 0: min(longest, first · 2^n).</summary>
    public TimeSpan RetryDelay(int n) => TimeSpan.FromTicks(
        (long)Math.Min(MaxRetryDelay.Ticks, FirstRetryDelay.Ticks * Math.Pow(2, Math.Min(n, 30))));
}
