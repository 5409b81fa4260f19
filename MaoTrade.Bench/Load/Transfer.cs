using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Load;

/// <summary>One payload received.</summary>
/// <param name="PayloadBytes">Its length.</param>
/// <param name="Waiting">From the request to the first byte of the payload: the server makes it.</param>
/// <param name="Receiving">From the first to the last byte of the payload.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Transfer(long PayloadBytes, TimeSpan Waiting, TimeSpan Receiving);
