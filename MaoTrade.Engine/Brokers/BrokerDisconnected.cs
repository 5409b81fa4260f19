namespace MaoTrade.Engine.Brokers;

/// <summary>The session is lost.</summary>
/// <param name="ForGood">True when no further try follows (code 1), false while reconnecting (code 2).</param>
/// <param name="Reason">For the log.</param>
public sealed record BrokerDisconnected(bool ForGood, string Reason) : BrokerEvent((long?)null);
