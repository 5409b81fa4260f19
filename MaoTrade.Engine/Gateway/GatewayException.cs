namespace MaoTrade.Engine.Gateway;

/// <summary>The gateway was not reached, or said no. Nothing else follows from it: the engine trades without.</summary>
public sealed class GatewayException(string message, Exception? inner = null) : Exception(message, inner);
