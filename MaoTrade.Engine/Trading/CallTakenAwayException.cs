namespace MaoTrade.Engine.Trading;

/// <summary>A call into a trading system returned after the loop was taken away from it: its thread ends, touching nothing.</summary>
public sealed class CallTakenAwayException(string system) : Exception($"A call of {system} returned too late");
