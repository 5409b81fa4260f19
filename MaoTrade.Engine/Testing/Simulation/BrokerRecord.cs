namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>What a simulated broker wrote down: the truth about a run.</summary>
internal sealed class BrokerRecord
{
    public List<BacktestOrder> Orders { get; } = [];

    public List<BacktestTrade> Trades { get; } = [];

    public decimal Fees { get; set; }
}
