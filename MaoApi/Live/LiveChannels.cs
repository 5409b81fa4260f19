namespace MaoApi.Live;

/// <summary>The channels, by their number here.</summary>
internal static class LiveChannels
{
    public const int Count = 5;
    public const int Portfolio = 0;
    public const int Logs = 4;

    public static readonly IReadOnlyList<string> Names = ["portfolio", "orders", "signals", "trades", "logs"];

    private static readonly string[] Changes = ["portfolio_update", "order_update", "signal_update", "trade_update", "log"];

    /// <summary>The number of a channel, or -1.</summary>
    public static int IndexOf(string? name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What a client is told a change of the channel is.</summary>
    public static string ChangeOf(int channel) => Changes[channel];
}
