namespace MaoApi.Hosting;

/// <summary>How often one user may call.</summary>
internal sealed record RateLimitOptions
{
    /// <summary>Requests per window, and the size of a burst. Default 200, range 1 to 1,000,000. <c>RATE_LIMIT_REQUESTS</c>.</summary>
    public int Requests { get; init; } = 200;

    /// <summary>The window, seconds. Default 10, range 1 to 3,600. <c>RATE_LIMIT_WINDOW_SECONDS</c>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    public static RateLimitOptions Read(SettingsReader settings) => new()
    {
        Requests = settings.Integer("RATE_LIMIT_REQUESTS", 200, 1, 1_000_000),
        Window = TimeSpan.FromSeconds(settings.Number("RATE_LIMIT_WINDOW_SECONDS", 10, 1, 3600)),
    };
}
