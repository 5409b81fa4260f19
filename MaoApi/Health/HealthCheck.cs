namespace MaoApi.Health;

/// <summary>One dependency, looked at.</summary>
/// <param name="Status"><see cref="Healthy"/>, <see cref="Degraded"/> or <see cref="Unhealthy"/>.</param>
/// <param name="Ms">How long looking took, milliseconds.</param>
/// <param name="Message">For people.</param>
internal sealed record HealthCheck(string Status, long Ms, string Message)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
}
