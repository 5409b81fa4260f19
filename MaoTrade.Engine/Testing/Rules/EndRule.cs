namespace MaoTrade.Engine.Testing.Rules;

/// <summary>What becomes of a position that is open after the last bar.</summary>
public enum EndRule
{
    /// <summary>It stays open; the last equity counts it at the last close.</summary>
    Hold,

    /// <summary>It is closed at the last close, with slippage and fee.</summary>
    Close,
}
