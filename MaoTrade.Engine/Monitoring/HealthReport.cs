using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Monitoring;

/// <summary>Answer of <c>/health/ready</c>.</summary>
/// <param name="Status">ready, degraded or unready.</param>
/// <param name="Time">Now, ISO-8601 UTC.</param>
/// <param name="Version">Of the engine.</param>
/// <param name="Checks">By name.</param>
public sealed record HealthReport(string Status, string Time, string Version, IReadOnlyDictionary<string, HealthCheck> Checks);

/// <summary>One dependency.</summary>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Ms">Age or duration behind the verdict, milliseconds.</param>
/// <param name="Message">For people.</param>
public sealed record HealthCheck(string Status, long Ms, string Message);

/// <summary>Answer of <c>/health/live</c>.</summary>
public sealed record LiveReport(string Status, string Version, string StartedAt);

/// <summary>The envelope of health answers.</summary>
public sealed record HealthEnvelope<T>(int Code, string Message, T Data);

/// <summary>JSON of health answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthEnvelope<HealthReport>))]
[JsonSerializable(typeof(HealthEnvelope<LiveReport>))]
internal sealed partial class HealthJson : JsonSerializerContext;
