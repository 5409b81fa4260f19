namespace MaoTrade.Engine.Gateway;

/// <summary>An event that waits to be sent.</summary>
/// <param name="Number">Its place; grows.</param>
/// <param name="EventId">The same at every attempt, so that the gateway takes it once.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="Event">What it says.</param>
public sealed record StoredEvent(long Number, string EventId, DateTimeOffset At, EngineEvent Event);
