namespace MaoTrade.Engine.Systems.Journal;

/// <summary>
/// What a system says during one call. Bounded: a system that says too much is cut short, and a last line says so.
/// </summary>
public sealed class SystemJournal
{
    /// <summary>Lines taken from one call.</summary>
    public const int MostLines = 100;

    /// <summary>Characters of a line; the rest is cut.</summary>
    public const int MostCharacters = 1_000;

    private readonly List<JournalLine> _lines = [];
    private int _dropped;

    public void Add(Severity severity, string message, string? pushTitle = null, string? name = null)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(new JournalLine(severity, Cut(message), pushTitle is null ? null : Cut(pushTitle)) { Event = name });
        }
        else
        {
            _dropped++;
        }
    }

    /// <summary>The lines since the last call.</summary>
    public IReadOnlyList<JournalLine> Take()
    {
        if (_lines.Count == 0)
        {
            return [];
        }

        if (_dropped > 0)
        {
            _lines[^1] = new JournalLine(Severity.Warning, $"{_dropped + 1} lines dropped: a call may write {MostLines}");
            _dropped = 0;
        }

        JournalLine[] lines = [.. _lines];
        _lines.Clear();
        return lines;
    }

    private static string Cut(string text) => text.Length > MostCharacters ? text[..MostCharacters] : text;
}
