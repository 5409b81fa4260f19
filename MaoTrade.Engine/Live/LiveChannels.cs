using System.Diagnostics.CodeAnalysis;

namespace MaoTrade.Engine.Live;

/// <summary>The channels and their names on the wire.</summary>
internal static class LiveChannels
{
    public const int Count = 5;

    private static readonly string[] Names = ["portfolio", "orders", "signals", "trades", "logs"];

    public static IEnumerable<LiveChannel> All => Enum.GetValues<LiveChannel>();

    public static string NameOf(LiveChannel channel) => Names[(int)channel];

    public static bool TryParse(string name, [NotNullWhen(true)] out LiveChannel? channel)
    {
        var at = Array.IndexOf(Names, name);
        channel = at < 0 ? null : (LiveChannel)at;
        return at >= 0;
    }
}
