namespace MaoApi.Hosting;

/// <summary>How often one caller may call.</summary>
internal sealed record RateLimitOptions
{
    /// <summary>Requests of a user or service key per window, and the size of a burst. Default 200, range 1 to 1,000,000. <c>RATE_LIMIT_REQUESTS</c>.</summary>
    public int Requests { get; init; } = 200;

    /// <summary>The window, seconds. Default 10, range 1 to 3,600. <c>RATE_LIMIT_WINDOW_SECONDS</c>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls of a user that cost much, per hour. Default 1000, range 1 to 1,000,000. <c>RATE_LIMIT_HEAVY_PER_HOUR</c>.</summary>
    public int HeavyPerHour { get; init; } = 1000;

    /// <summary>Orders of a user that may add risk, per hour. Default 100, range 1 to 1,000,000. <c>RATE_LIMIT_ORDERS_PER_HOUR</c>.</summary>
    public int OrdersPerHour { get; init; } = 100;

    /// <summary>Requests without a credential per minute and address. Default 60, range 1 to 1,000,000. <c>RATE_LIMIT_ANONYMOUS_PER_MINUTE</c>.</summary>
    public int AnonymousPerMinute { get; init; } = 60;

    /// <summary>Whether engines that say "too many" slow their callers down. Default true. <c>RATE_LIMIT_ADAPTIVE</c>.</summary>
    public bool Adaptive { get; init; } = true;

    public static RateLimitOptions Read(SettingsReader settings) => new()
    {
        Requests = settings.Integer("RATE_LIMIT_REQUESTS", 200, 1, 1_000_000),
        Window = TimeSpan.FromSeconds(settings.Number("RATE_LIMIT_WINDOW_SECONDS", 10, 1, 3600)),
        HeavyPerHour = settings.Integer("RATE_LIMIT_HEAVY_PER_HOUR", 1000, 1, 1_000_000),
        OrdersPerHour = settings.Integer("RATE_LIMIT_ORDERS_PER_HOUR", 100, 1, 1_000_000),
        AnonymousPerMinute = settings.Integer("RATE_LIMIT_ANONYMOUS_PER_MINUTE", 60, 1, 1_000_000),
        Adaptive = settings.Flag("RATE_LIMIT_ADAPTIVE", otherwise: true),
    };
}
