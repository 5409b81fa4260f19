namespace MaoTrade.Engine.Hosting;

/// <summary>How the process will end.</summary>
public sealed class EngineOutcome
{
    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code { get; set; } = ExitCode.Orderly;
}
