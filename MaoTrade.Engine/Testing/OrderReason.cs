namespace MaoTrade.Engine.Testing;

/// <summary>Why an order was filled; lower-case words in reports.</summary>
public enum OrderReason
{
    /// <summary>The system wanted it.</summary>
    Signal,

    /// <summary>The position's stop was reached.</summary>
    Stop,

    /// <summary>The position's limit was reached.</summary>
    Limit,

    /// <summary>The data ended (<see cref="Rules.EndRule.Close"/>).</summary>
    End,
}
