namespace MaoApi.Outbound;

/// <summary>An address that must not be called; nothing was sent.</summary>
internal sealed class OutboundRefusedException(string message, Exception? inner = null) : Exception(message, inner);
