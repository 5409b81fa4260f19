namespace MaoTrade.Engine.Systems.Journal;

/// <summary>A line of a system's own log, or a message for somebody's phone.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">The text.</param>
/// <param name="PushTitle">Title of a push message; null for a line of the log.</param>
public sealed record JournalLine(Severity Severity, string Message, string? PushTitle = null)
{
    /// <summary>One of <see cref="Logs.LogEvents"/>, for the engine's log; null for any other line.</summary>
    public string? Event { get; init; }
}
