using System.Runtime.CompilerServices;

namespace MaoTrade.Engine.Trading;

/// <summary>A line for the log that is put together only where somebody reads lines of its level.</summary>
[InterpolatedStringHandler]
public ref struct TurnLine
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>By the compiler, in place of the text.</summary>
    public TurnLine(int literalLength, int formattedCount, Turn turn, LogLevel level, out bool isRead)
    {
        isRead = turn.Reads(level);
        _text = isRead ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    /// <summary>The text; once.</summary>
    internal string ToText() => _text.ToStringAndClear();
}
