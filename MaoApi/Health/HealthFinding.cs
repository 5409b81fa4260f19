namespace MaoApi.Health;

/// <summary>What a look at a dependency found.</summary>
internal sealed record HealthFinding(string Status, string Message)
{
    public static HealthFinding Healthy(string message = "") => new(HealthCheck.Healthy, message);

    public static HealthFinding Degraded(string message) => new(HealthCheck.Degraded, message);

    public static HealthFinding Unhealthy(string message) => new(HealthCheck.Unhealthy, message);
}
