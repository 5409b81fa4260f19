namespace MaoTrade.Bench;

/// <summary>A benchmark cannot go on; the message says why.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
