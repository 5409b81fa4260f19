namespace MaoTrade.Engine.Brokers;

/// <summary>Answer to a submit, modify or cancel.</summary>
public sealed record OrderAnswer(OrderAnswerKind Kind, string? DealId, int ErrorCode, string Message);
