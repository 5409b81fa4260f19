using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Gateway;

/// <summary>A trading day, as <c>/mt/summary</c> takes it.</summary>
/// <param name="Date">The day, in the account's time zone.</param>
/// <param name="StartEquity">First equity seen.</param>
/// <param name="EndEquity">Equity when the day was cleaned.</param>
/// <param name="Currency">Of both.</param>
/// <param name="Figures">Of the day.</param>
public sealed record DaySummary(DateOnly Date, decimal StartEquity, decimal EndEquity, string Currency, PerformanceFigures Figures);
