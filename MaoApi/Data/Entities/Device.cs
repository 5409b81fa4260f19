namespace MaoApi.Data.Entities;

/// <summary>A device of a user, for push messages (<c>mtrace_devices</c>).</summary>
internal sealed class Device
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>The device's own name of itself, unique for its user.</summary>
    public required string DeviceId { get; set; }

    /// <summary>Where push messages go; null once the push service called it dead.</summary>
    public string? PushToken { get; set; }

    public string? Brand { get; set; }

    public string? Model { get; set; }

    /// <summary><c>android</c>, <c>ios</c> or <c>web</c>.</summary>
    public string Platform { get; set; } = "android";

    /// <summary>Whether the user wants push messages here.</summary>
    public bool WantsPush { get; set; }

    /// <summary>Whether the push service knows the device.</summary>
    public bool IsPushRegistered { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public User? User { get; set; }
}
