namespace MaoApi.Data.Entities;

/// <summary>Something a user is told (<c>mao_notifications</c>).</summary>
internal sealed class Notification
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>The account it is about, or null.</summary>
    public int? AccountKey { get; set; }

    /// <summary>The event behind it, so that one event tells a user once; null for a message somebody sent.</summary>
    public string? EventId { get; set; }

    public required string Type { get; set; }

    public required string Title { get; set; }

    public required string Message { get; set; }

    /// <summary>A JSON object.</summary>
    public string Data { get; set; } = "{}";

    /// <summary><c>normal</c> or <c>high</c>.</summary>
    public string Priority { get; set; } = "normal";

    /// <summary>The channels it was meant for, comma-separated.</summary>
    public string Method { get; set; } = "";

    public DateTimeOffset Created { get; set; }

    /// <summary>When the first channel took it.</summary>
    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    public User? User { get; set; }

    public List<Delivery> Deliveries { get; } = [];
}
