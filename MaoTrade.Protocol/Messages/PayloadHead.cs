using System.Runtime.InteropServices;

namespace MaoTrade.Protocol.Messages;

/// <summary>What the JSON of a reply says about the payload behind it.</summary>
/// <param name="FileName">Name to store it under.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="SizeBytes">Its length, bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal digest of it, or empty when unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PayloadHead(string FileName, string ContentType, uint SizeBytes, string Sha256);
