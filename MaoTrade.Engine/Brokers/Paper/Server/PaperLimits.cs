namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Every bound of the paper broker.</summary>
internal static class PaperLimits
{
    public const int Accounts = 256;
    public const int Connections = 512;

    /// <summary>Instruments an account may follow or hold at a time.</summary>
    public const int StreamsPerAccount = 1_000;

    /// <summary>Orders of an account that wait for a price.</summary>
    public const int WorkingOrders = 10_000;

    /// <summary>Events of an account in flight; more follow when these are acknowledged.</summary>
    public const int EventsInFlight = 256;

    /// <summary>Events waiting for acknowledgement beyond which new frames of the live clock are left to the history.</summary>
    public const int EventsWaiting = 10_000;

    /// <summary>Messages waiting for a slow connection beyond which it is closed.</summary>
    public const int MessagesWaiting = 4_096;

    public const int HistoryFrames = 5_000;
    public const int FillsPerPage = 500;
    public const int LateFrames = 1_000;
    public const int ReferenceChars = 40;
    public const int EpicChars = 40;

    /// <summary>Longest candles, seconds: four weeks.</summary>
    public const int TimeFrameSeconds = 28 * 86_400;

    /// <summary>Base bars one request for history may have put together.</summary>
    public const int HistoryBaseBars = 400_000;

    /// <summary>Inputs that share a transaction.</summary>
    public const int InputsPerStep = 64;

    public static readonly TimeSpan Hello = TimeSpan.FromSeconds(5);
}
