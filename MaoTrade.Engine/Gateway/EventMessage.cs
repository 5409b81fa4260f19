using MaoTrade.Engine.Systems.Journal;

namespace MaoTrade.Engine.Gateway;

/// <summary>An event as <c>/mt/event</c> takes it.</summary>
internal sealed record EventMessage(
    string EventId, DateTimeOffset At, string Type, Severity Severity, string? SignalId, string Title, string Message)
{
    public static EventMessage Of(StoredEvent stored) => new(
        stored.EventId, stored.At, stored.Event.Type, stored.Event.Severity, stored.Event.SignalId, stored.Event.Title, stored.Event.Message);
}

/// <summary>Body of <c>/mt/event</c>.</summary>
internal sealed record EventBatch(IReadOnlyList<EventMessage> Events);

/// <summary>What the gateway says to each event.</summary>
internal sealed record EventResult(string EventId, int Code, string Message);

/// <summary>Answer of <c>/mt/event</c>.</summary>
internal sealed record EventAnswer(int Accepted, IReadOnlyList<EventResult>? Results);

/// <summary>The envelope of every answer.</summary>
internal sealed record GatewayAnswer<T>(int Code, string? Message, T? Data);
