using MaoTrade.Engine.Systems.Journal;

namespace MaoTrade.Engine.Gateway;

/// <summary>Something the gateway is told: a row of the input that caused it, sent when that is committed.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="SignalId">The signal concerned; null where none is.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Message">The text for people; of a summary its JSON.</param>
public sealed record EngineEvent(string Type, Severity Severity, string? SignalId, string Title, string Message)
{
    /// <summary>Characters of a title; the rest is cut.</summary>
    public const int MostTitle = 200;

    /// <summary>Characters of a message; the rest is cut.</summary>
    public const int MostMessage = 2_000;
}
