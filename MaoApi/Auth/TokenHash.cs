using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Auth;

/// <summary>SHA-256 of a token, to find it by without keeping it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Longer than any token of ours, short enough to cost a stranger more than us.</summary>
    public const int MaxTokenLength = 4096;

    /// <summary>The hash of a token.</summary>
    /// <param name="token">ASCII, at most <see cref="MaxTokenLength"/> characters.</param>
    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[MaxTokenLength];
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(token, bytes)], MemoryMarshal.AsBytes(hash));
        return new TokenHash(hash[0], hash[1], hash[2], hash[3]);
    }

    /// <summary>As it is stored: 64 digits.</summary>
    public string ToHex()
    {
        ReadOnlySpan<ulong> hash = [A, B, C, D];
        return Convert.ToHexStringLower(MemoryMarshal.AsBytes(hash));
    }
}
