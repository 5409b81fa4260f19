using System.Diagnostics.CodeAnalysis;

namespace MaoTrade.Protocol.Client;

/// <summary>A payload did not arrive whole.</summary>
[SuppressMessage("Roslynator", "RCS1194", Justification = "Made only where its result is known.")]
public sealed class PayloadException : IOException
{
    /// <summary>A payload that broke off.</summary>
    public PayloadException(ProxyResult result, string message, Exception? innerException = null)
        : base(message, innerException) => Result = result;

    /// <summary><see cref="ProxyResult.Truncated"/>, <see cref="ProxyResult.Timeout"/> or <see cref="ProxyResult.Read"/>.</summary>
    public ProxyResult Result { get; }
}
