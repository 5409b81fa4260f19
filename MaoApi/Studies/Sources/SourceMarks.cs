using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;

namespace MaoApi.Studies.Sources;

/// <summary>A stored block of bars, without them.</summary>
/// <param name="Block">Its number.</param>
/// <param name="Revision">The same number, the same bars.</param>
/// <param name="StartFrame">Unix seconds of its first bar.</param>
/// <param name="Count">Bars inside.</param>
internal sealed record BlockMark(long Block, long Revision, long StartFrame, int Count);

/// <summary>Which bars of a ticker there were.</summary>
/// <param name="TickerKey">The ticker.</param>
/// <param name="Blocks">Its blocks, ascending.</param>
/// <param name="LastBars">Digest of the bars of the last block, by which bars added behind are told from bars changed.</param>
internal sealed record TickerMarks(int TickerKey, IReadOnlyList<BlockMark> Blocks, byte[] LastBars);

/// <summary>
/// Which bars a study was computed from (<see cref="Study.Sources"/>), as bytes:
/// <c>byte 1 | int32 tickers | (int32 key | int32 blocks | (int64 block | int64 revision | int64 start | int32 count) each | 16 bytes digest) each</c>.
/// </summary>
internal static class SourceMarks
{
    private const byte Version = 1;
    private const int DigestSizeBytes = 16;

    public static byte[] Encode(IReadOnlyList<TickerMarks> tickers)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write(tickers.Count);
        foreach (var ticker in tickers)
        {
            writer.Write(ticker.TickerKey);
            writer.Write(ticker.Blocks.Count);
            foreach (var block in ticker.Blocks)
            {
                writer.Write(block.Block);
                writer.Write(block.Revision);
                writer.Write(block.StartFrame);
                writer.Write(block.Count);
            }

            writer.Write(ticker.LastBars);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>What was encoded; nothing where these are other bytes, after which everything is computed anew.</summary>
    public static IReadOnlyList<TickerMarks> Decode(byte[]? bytes)
    {
        if (bytes is not [Version, ..])
        {
            return [];
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, 1, bytes.Length - 1));
        var tickers = new List<TickerMarks>();
        for (var rest = reader.ReadInt32(); rest > 0; rest--)
        {
            var key = reader.ReadInt32();
            var blocks = new List<BlockMark>();
            for (var more = reader.ReadInt32(); more > 0; more--)
            {
                blocks.Add(new BlockMark(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32()));
            }

            tickers.Add(new TickerMarks(key, blocks, reader.ReadBytes(DigestSizeBytes)));
        }

        return tickers;
    }

    public static byte[] DigestOf(ReadOnlySpan<Frame> bars) => SHA256.HashData(MemoryMarshal.AsBytes(bars))[..DigestSizeBytes];
}
