namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Error codes of refused requests.</summary>
internal static class PaperErrors
{
    public const int Invalid = 1;
    public const int UnknownEpic = 2;
    public const int Margin = 3;
    public const int NoPosition = 4;
    public const int UnknownReference = 5;
    public const int NotWorking = 6;
    public const int TooMany = 7;

    /// <summary>Refused on purpose (fault <c>reject</c>).</summary>
    public const int Fault = 90;
}
