namespace MaoApi.Data.Entities;

/// <summary>The way of one notification over one channel to one address: what is still to do, or its receipt (<c>mao_deliveries</c>).</summary>
internal sealed class Delivery : IVersioned
{
    public int Id { get; set; }

    public int NotificationKey { get; set; }

    /// <summary><c>push</c>, <c>telegram</c> or <c>webhook</c>.</summary>
    public required string Channel { get; set; }

    /// <summary>The device of a push message; null elsewhere, and once the device is gone.</summary>
    public int? DeviceKey { get; set; }

    /// <summary>The device id, chat or address it goes to, unique for its notification and channel.</summary>
    public required string Target { get; set; }

    /// <summary>One of <see cref="DeliveryStates"/>.</summary>
    public required string State { get; set; }

    public int Attempts { get; set; }

    /// <summary>When the next attempt is due; null once it is over.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>The channel's own name of the message.</summary>
    public string? MessageId { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public long Version { get; set; }

    public Notification? Notification { get; set; }
}

/// <summary>The words of <c>mao_deliveries.state</c>.</summary>
internal static class DeliveryStates
{
    public const string Waiting = "waiting";
    public const string Sent = "sent";
    public const string Failed = "failed";

    /// <summary>The address is dead: nothing is sent there again.</summary>
    public const string Dropped = "dropped";
}
