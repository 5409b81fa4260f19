namespace MaoTrade.Engine.Hosting;

/// <summary>Exit codes of the engine; its supervisor decides by them.</summary>
public static class ExitCode
{
    /// <summary>Orderly stop.</summary>
    public const int Orderly = 0;

    /// <summary>The health command found the engine not ready.</summary>
    public const int NotReady = 1;

    /// <summary>A system test resumed somewhere did not trade as the uninterrupted one.</summary>
    public const int Differs = 1;

    /// <summary>Wrong configuration: a restart would not help.</summary>
    public const int Configuration = 64;

    /// <summary>A fault: restart.</summary>
    public const int Fault = 70;

    /// <summary>Another engine holds the account.</summary>
    public const int AccountLocked = 75;

    /// <summary>A person or a signal ended it before its end.</summary>
    public const int Cancelled = 130;
}
