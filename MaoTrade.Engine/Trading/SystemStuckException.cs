namespace MaoTrade.Engine.Trading;

/// <summary>A trading system holds the loop: build a new session from the store, with its signal in error.</summary>
public sealed class SystemStuckException(StuckCall call) : Exception(call.Reason)
{
    public StuckCall Call { get; } = call;
}
