namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>What moves the market of the paper broker.</summary>
public enum PaperClockMode
{
    /// <summary>Wall time times the speed.</summary>
    Live,

    /// <summary>The engine: a bar leaves when everything before it is acknowledged.</summary>
    Lockstep,
}
