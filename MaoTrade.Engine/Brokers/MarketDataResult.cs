namespace MaoTrade.Engine.Brokers;

/// <summary>Result of a market-data request; the numbers are stored and sent.</summary>
public enum MarketDataResult
{
    Ok = 0,
    Broker = 1,
    Network = 2,
    InvalidEpic = 3,
    InvalidTimeFrame = 4,
    NotConnected = 5,
    General = 6,
}
