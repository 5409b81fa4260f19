namespace MaoApi.Hosting;

/// <summary>What the process ends with; the engine uses the same numbers.</summary>
internal static class ExitCodes
{
    public const int Orderly = 0;
    public const int Usage = 64;
    public const int Fault = 70;

    /// <summary>Another gateway holds the data folder.</summary>
    public const int Locked = 75;
}
