namespace MaoTrade.Engine.Testing.Rules;

/// <summary>When a market order that was decided at the close of a bar is filled.</summary>
public enum FillMoment
{
    /// <summary>At the open of the next bar, as at the paper broker.</summary>
    NextOpen,

    /// <summary>At the close of the bar it was decided on.</summary>
    Close,
}
