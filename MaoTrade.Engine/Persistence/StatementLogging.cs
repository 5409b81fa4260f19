namespace MaoTrade.Engine.Persistence;

/// <summary>Which database statements are written to the log.</summary>
public enum StatementLogging
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Those that took longer than <see cref="StatementLog.SlowTime"/>.</summary>
    Slow,

    /// <summary>Every one.</summary>
    All,
}
