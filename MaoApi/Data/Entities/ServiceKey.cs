namespace MaoApi.Data.Entities;

/// <summary>The key a program signs its requests with (<c>mao_service_keys</c>). Secrets are kept encrypted and shown once.</summary>
internal sealed class ServiceKey : IVersioned
{
    public int Id { get; set; }

    /// <summary>The public name of the key, unique.</summary>
    public required string KeyId { get; set; }

    /// <summary>What the key opens: one of <see cref="ServiceScopes"/>.</summary>
    public required string Scope { get; set; }

    public string Description { get; set; } = "";

    /// <summary>The encrypted secret.</summary>
    public required string Secret { get; set; }

    /// <summary>The encrypted secret before the last rotation, still good until <see cref="PreviousUntil"/>.</summary>
    public string? PreviousSecret { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }

    public bool IsActive { get; set; }

    /// <summary>The last moment the key opens anything; null = no end.</summary>
    public DateTimeOffset? Expires { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>When the present secret was made.</summary>
    public DateTimeOffset Rotated { get; set; }

    public long Version { get; set; }
}

/// <summary>The words of <c>mao_service_keys.scope</c>.</summary>
internal static class ServiceScopes
{
    /// <summary>The services of the platform: <c>/srv</c>.</summary>
    public const string Services = "srv";

    /// <summary>Metrics, details of health, <c>/srv/monitor</c>.</summary>
    public const string Monitor = "monitor";

    private const string EnginePrefix = "engine:";

    /// <summary>The scope of one account's engine: <c>/mt</c>, for that account alone.</summary>
    public static string OfEngine(string accountId) => EnginePrefix + accountId;

    /// <summary>The account of an engine's scope; null for any other scope.</summary>
    public static string? AccountOf(string scope) =>
        scope.StartsWith(EnginePrefix, StringComparison.Ordinal) ? scope[EnginePrefix.Length..] : null;

    public static bool IsKnown(string scope) => scope is Services or Monitor || AccountOf(scope) is { Length: > 0 };
}
