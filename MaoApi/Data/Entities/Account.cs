namespace MaoApi.Data.Entities;

/// <summary>A broker account and the engine that trades it (<c>accounts</c>).</summary>
internal sealed class Account : IVersioned
{
    public int Id { get; set; }

    /// <summary>The user the account was opened for; who may do what is in <see cref="AccountRole"/>.</summary>
    public int UserKey { get; set; }

    /// <summary><c>[a-z0-9_]{1,40}</c>, unique.</summary>
    public required string AccountId { get; set; }

    public required string Description { get; set; }

    /// <summary>The encrypted account data, never shown.</summary>
    public string? AccountData { get; set; }

    public bool IsDemo { get; set; }

    public bool IsActive { get; set; }

    /// <summary>Where the engine listens; null while it never started.</summary>
    public string? EngineHost { get; set; }

    public int? EnginePort { get; set; }

    public int BrokerKey { get; set; }

    /// <summary>The engine's settings that are kept for the account, a JSON object.</summary>
    public string Config { get; set; } = "{}";

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }

    public User? User { get; set; }

    public Broker? Broker { get; set; }

    public Pod? Pod { get; set; }
}
