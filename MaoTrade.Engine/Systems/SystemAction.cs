namespace MaoTrade.Engine.Systems;

/// <summary>What a trading system wants. The numbers are on the wire and in the database.</summary>
public enum SystemAction
{
    NoAction = 0,
    Delay = 1,
    PreBuy = 2,
    Buy = 3,
    PreSell = 4,
    Sell = 5,
    BuyLost = 6,
    SellLost = 7,
    BuySell = 8,
    Hold = 9,
    Flat = 10,
    StopRequested = 11,
}
