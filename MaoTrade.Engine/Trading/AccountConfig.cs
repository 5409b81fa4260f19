using MaoTrade.Engine.Orders.Risk;

namespace MaoTrade.Engine.Trading;

/// <summary>What a person may change while the engine runs (srvId 5); stored with the account.</summary>
/// <param name="TradingEnabled">False: frames are kept, systems send nothing; a person may still close.</param>
/// <param name="DailyCleanTime">HH:mm in the account's time zone.</param>
/// <param name="Risk">Limits before every order.</param>
/// <param name="Version">Grows with each change; an update carries the one it saw.</param>
public sealed record AccountConfig(bool TradingEnabled, string DailyCleanTime, RiskLimits Risk, int Version);
