using System.Net.Security;

namespace MaoTrade.Protocol.Client;

/// <summary>Limits and deadlines of <see cref="MTProxy"/>. Checked when a proxy is made.</summary>
public sealed class MTProxyOptions
{
    /// <summary>How long connecting, TLS included, may take. Default 5 s; 100 ms to 1 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may last beyond its time to live. Default 5 s; 100 ms to 5 min.</summary>
    public TimeSpan ReplyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request for a payload waits for the first byte of its reply. Default 60 s; 1 s to 1 h.</summary>
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After how long without use a connection is dropped; less than the engine's 60 s, so that the engine is not the
    /// one who closes. Default 45 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Longest silence in the middle of a reply or payload. Default 15 s; 1 s to 10 min.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How much time may be spent waiting before the minimum rate counts. Default 5 s; 1 s to 10 min.</summary>
    public TimeSpan RateGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Slowest payload accepted, bytes per second of waiting. Default 240; 1 to 1,000,000.</summary>
    public int MinRateBytesPerSecond { get; set; } = 240;

    /// <summary>How long a peer that does not echo ids gets one connection per request. Default 10 min; 1 s to 1 day.</summary>
    public TimeSpan ClassicPeriod { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most connections that carry payloads at the same time, beside the pipelined one. Default 4; 1 to 64.</summary>
    public int MaxPayloadConnections { get; set; } = 4;

    /// <summary>Most connections at the same time to a peer that takes one request per connection. Default 4; 1 to 64.</summary>
    public int MaxClassicConnections { get; set; } = 4;

    /// <summary>Most requests that wait for replies on the pipelined connection; more get <see cref="ProxyResult.Busy"/>. Default 1,024; 1 to 65,536.</summary>
    public int MaxInFlight { get; set; } = 1024;

    /// <summary>After how long a subscription asks an engine that says nothing whether it lives. Default 15 s; 1 s to 50 s.</summary>
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence after which the engine of a subscription is taken for gone. Default 45 s; 1 s to 10 min.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Longest JSON text of a reply, bytes. Default 1 MiB; 1 KiB to 64 MiB.</summary>
    public int MaxJsonBytes { get; set; } = Framing.Wire.MaxJsonBytes;

    /// <summary>TLS to the engine, with its client certificate; null means plain TCP. Default null.</summary>
    public SslClientAuthenticationOptions? Tls { get; set; }

    /// <summary>Every value that is out of its range, in words; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(errors, nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Check(errors, nameof(ReplyGrace), ReplyGrace, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Check(errors, nameof(FirstByteTimeout), FirstByteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(errors, nameof(IdleTimeout), IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(errors, nameof(StallTimeout), StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(errors, nameof(RateGrace), RateGrace, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(errors, nameof(MinRateBytesPerSecond), MinRateBytesPerSecond, 1, 1_000_000);
        Check(errors, nameof(ClassicPeriod), ClassicPeriod, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(errors, nameof(MaxPayloadConnections), MaxPayloadConnections, 1, 64);
        Check(errors, nameof(MaxClassicConnections), MaxClassicConnections, 1, 64);
        Check(errors, nameof(MaxInFlight), MaxInFlight, 1, 65_536);
        Check(errors, nameof(AskAfter), AskAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
        Check(errors, nameof(SilenceTimeout), SilenceTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(errors, nameof(MaxJsonBytes), MaxJsonBytes, 1024, 64 * 1024 * 1024);
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
