namespace MaoTrade.Engine.Server;

/// <summary>Limits of the engine's port (PROTOCOL.md, Limits). Checked when the listener is made.</summary>
public sealed class WireOptions
{
    /// <summary>Most connections at the same time. Default 10; 1 to 10,000. Several gateways need 3 each and 4 to spare.</summary>
    public int MaxConnections { get; set; } = 10;

    /// <summary>Most closed connections whose last bytes are still awaited. Default 64; 1 to 10,000; the oldest gives way.</summary>
    public int MaxLingering { get; set; } = 64;

    /// <summary>Longest JSON text of a request or plain reply, bytes. Default 1 MiB; 1 KiB to 16 MiB.</summary>
    public int MaxJsonBytes { get; set; } = Protocol.Framing.Wire.MaxJsonBytes;

    /// <summary>Most requests of one connection that wait for their replies; then it is not read. Default 256; 1 to 65,536.</summary>
    public int MaxInFlight { get; set; } = 256;

    /// <summary>Longest silence after connecting. Default 5 s; 100 ms to 10 min.</summary>
    public TimeSpan FirstRequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time from the first to the last byte of a request. Default 10 s; 100 ms to 10 min.</summary>
    public TimeSpan UnfinishedRequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time without a request or a reply. Default 60 s; 1 s to 1 day.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Age from which a connection that has not completed a request may be displaced. Default 1 s; 0 to 1 min.</summary>
    public TimeSpan DisplaceAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait for the peer's end of stream after the last reply. Default 2 s; 0 to 1 min.</summary>
    public TimeSpan LingerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most bytes discarded meanwhile. Default 16 MiB; 0 to 1 GiB.</summary>
    public long MaxLingerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Longest time a peer may take none of the bytes offered. Default 15 s; 1 s to 10 min.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a send may wait before the minimum rate counts. Default 5 s; 100 ms to 10 min.</summary>
    public TimeSpan RateGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Slowest peer served, bytes per second. Default 240; 1 to 1,000,000.</summary>
    public int MinRateBytesPerSecond { get; set; } = 240;

    /// <summary>Every value that is out of its range, in words; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(errors, nameof(MaxConnections), MaxConnections, 1, 10_000);
        Check(errors, nameof(MaxLingering), MaxLingering, 1, 10_000);
        Check(errors, nameof(MaxJsonBytes), MaxJsonBytes, 1024, 16 * 1024 * 1024);
        Check(errors, nameof(MaxInFlight), MaxInFlight, 1, 65_536);
        Check(errors, nameof(FirstRequestTimeout), FirstRequestTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Check(errors, nameof(UnfinishedRequestTimeout), UnfinishedRequestTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Check(errors, nameof(IdleTimeout), IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(errors, nameof(DisplaceAfter), DisplaceAfter, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Check(errors, nameof(LingerTimeout), LingerTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Check(errors, nameof(MaxLingerBytes), MaxLingerBytes, 0, 1024L * 1024 * 1024);
        Check(errors, nameof(StallTimeout), StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(errors, nameof(RateGrace), RateGrace, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Check(errors, nameof(MinRateBytesPerSecond), MinRateBytesPerSecond, 1, 1_000_000);
        return errors;
    }

    private static void Check<T>(List<string> errors, string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            errors.Add($"{name} is {value}, but must be from {min} to {max}");
        }
    }
}
