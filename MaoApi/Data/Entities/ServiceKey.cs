namespace MaoApi.Data.Entities;

/// <summary>A key a service signs its requests with (<c>mao_service_keys</c>).</summary>
internal sealed class ServiceKey : IVersioned
{
    public int Id { get; set; }

    /// <summary>The name sent with each request, unique.</summary>
    public required string KeyId { get; set; }

    public required string Name { get; set; }

    /// <summary><c>srv</c>, <c>monitor</c> or <c>engine</c>.</summary>
    public required string Scope { get; set; }

    /// <summary>The account of an engine's key; null for the others.</summary>
    public int? AccountKey { get; set; }

    /// <summary>The encrypted secret; shown once when it is made, never again.</summary>
    public required string Secret { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>The end of a key that was replaced by another, or null.</summary>
    public DateTimeOffset? Expires { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsed { get; set; }

    public long Version { get; set; }

    public Account? Account { get; set; }
}

/// <summary>The words of <c>mao_service_keys.scope</c>.</summary>
internal static class ServiceScopes
{
    public const string Services = "srv";
    public const string Monitor = "monitor";
    public const string Engine = "engine";
}
