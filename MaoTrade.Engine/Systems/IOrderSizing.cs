namespace MaoTrade.Engine.Systems;

/// <summary>How large the opening orders of a system are, in place of what the system says.</summary>
public interface IOrderSizing
{
    /// <summary>The quantity, 0 = no order.</summary>
    /// <param name="wanted">What the system said.</param>
    /// <param name="portfolio">Position and money at the decision.</param>
    /// <param name="price">Close of the frame of the decision.</param>
    decimal Of(decimal wanted, SystemPortfolio portfolio, decimal price);
}
