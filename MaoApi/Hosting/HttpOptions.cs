using System.Net;

namespace MaoApi.Hosting;

/// <summary>How the gateway is reached, and what it bears at once.</summary>
internal sealed record HttpOptions
{
    /// <summary>Path the API lies under where a proxy passes it on, such as <c>/maoapi</c>; both forms answer. Default none. <c>MAO_PATH_BASE</c>.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>
    /// Addresses or networks whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default none: nobody's are.
    /// <c>MAO_TRUSTED_PROXIES</c>, comma-separated.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Requests under way at once, streams not counted; more get 503/53. Default 500, range 1 to 100,000. <c>MAO_MAX_IN_FLIGHT</c>.</summary>
    public int MaxInFlight { get; init; } = 500;

    /// <summary>How long a request may take, streams excepted, seconds. Default 90, range 1 to 3,600. <c>MAO_REQUEST_TIMEOUT</c>.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Heavy computations at once. Default 15, range 1 to 1,000. <c>MAO_CPU_GATE</c>.</summary>
    public int CpuGate { get; init; } = 15;

    /// <summary>
    /// Origins whose pages may call, such as <c>https://console.example.com</c>. Default none. <c>CORS_ORIGINS</c>, comma-separated.
    /// </summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>
    /// Whether the API's description and its page are served. Default: on loopback and outside production. <c>MAO_DOCS</c>.
    /// </summary>
    public bool? Docs { get; init; }

    /// <summary>
    /// How long a stop waits for what is under way; when nothing is, it does not wait. Default 5 s with engines in the same process, 30 s
    /// without, range 0 to 600. <c>MAO_DRAIN_SECONDS</c>.
    /// </summary>
    public TimeSpan? Drain { get; init; }

    /// <summary>
    /// How long a stop is told to balancers before it begins: <c>/health/ready</c> says no, all else is answered, and every answer ends its
    /// connection. Default 0 s, range 0 to 300. <c>MAO_DRAIN_NOTICE_SECONDS</c>.
    /// </summary>
    public TimeSpan DrainNotice { get; init; }

    /// <summary>Encryption of the port.</summary>
    public TlsOptions Tls { get; init; } = new();

    public static HttpOptions Read(SettingsReader settings) => new()
    {
        PathBase = ReadPathBase(settings),
        TrustedProxies = ReadProxies(settings),
        MaxInFlight = settings.Integer("MAO_MAX_IN_FLIGHT", 500, 1, 100_000),
        RequestTimeout = TimeSpan.FromSeconds(settings.Number("MAO_REQUEST_TIMEOUT", 90, 1, 3600)),
        CpuGate = settings.Integer("MAO_CPU_GATE", 15, 1, 1000),
        CorsOrigins = ReadOrigins(settings),
        Docs = settings.Text("MAO_DOCS") is null ? null : settings.Flag("MAO_DOCS"),
        Drain = settings.Text("MAO_DRAIN_SECONDS") is null ? null : TimeSpan.FromSeconds(settings.Number("MAO_DRAIN_SECONDS", 0, 0, 600)),
        DrainNotice = TimeSpan.FromSeconds(settings.Number("MAO_DRAIN_NOTICE_SECONDS", 0, 0, 300)),
        Tls = TlsOptions.Read(settings),
    };

    private static string ReadPathBase(SettingsReader settings)
    {
        var text = settings.Text("MAO_PATH_BASE") ?? "";
        if (text.Length > 0 && (!text.StartsWith('/') || text.EndsWith('/')))
        {
            settings.Fault($"MAO_PATH_BASE: '{text}' must begin with a slash and not end with one");
        }

        return text;
    }

    /// <summary>An origin is exactly what a browser sends: scheme, host and port. A star would let every page in.</summary>
    private static List<string> ReadOrigins(SettingsReader settings)
    {
        var origins = new List<string>();
        foreach (var text in settings.List("CORS_ORIGINS"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.GetLeftPart(UriPartial.Authority) == text)
            {
                origins.Add(text);
            }
            else
            {
                settings.Fault($"CORS_ORIGINS: '{text}' is not an origin such as https://console.example.com");
            }
        }

        return origins;
    }

    private static List<IPNetwork> ReadProxies(SettingsReader settings)
    {
        var proxies = new List<IPNetwork>();
        foreach (var text in settings.List("MAO_TRUSTED_PROXIES"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                proxies.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                proxies.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                settings.Fault($"MAO_TRUSTED_PROXIES: '{text}' is neither an IP address nor a network such as 10.0.0.0/8");
            }
        }

        return proxies;
    }
}
