namespace MaoTrade.Engine.Systems;

/// <summary>A stored state is damaged.</summary>
public sealed class CorruptStateException(string reason) : Exception(reason);
