namespace MaoTrade.Engine.Brokers;

/// <summary>Answer to a look-up.</summary>
public sealed record LookUpAnswer(LookUpKind Kind, string? DealId, int ErrorCode, string Message);
