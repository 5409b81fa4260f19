namespace MaoApi.Logs;

/// <summary>What the lines of a file mean.</summary>
internal interface ILogLines
{
    /// <summary>Whether an event is whole with the line it begins with; otherwise the lines after it that begin none belong to it.</summary>
    bool AreWhole { get; }

    /// <summary>The event a line begins; null where it begins none.</summary>
    LogRecord? Begin(string line);

    /// <summary>The event of a line that begins none and follows none it could belong to.</summary>
    LogRecord Stray(string line);
}
