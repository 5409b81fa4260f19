using System.Numerics;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Stable 64-bit hashes: what is decided by one is decided the same way in every run.</summary>
internal static class PaperHash
{
    /// <summary>FNV-1a over UTF-16 code units, finished as SplitMix64 does.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EB;
        return BitOperations.RotateLeft(hash ^ (hash >> 31), 17);
    }

    /// <summary>A number in [0, 1).</summary>
    public static double Share(string text) => (Of(text) >> 11) * (1.0 / (1UL << 53));
}
