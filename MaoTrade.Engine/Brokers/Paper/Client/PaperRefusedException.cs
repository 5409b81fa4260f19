namespace MaoTrade.Engine.Brokers.Paper.Client;

/// <summary>The paper broker does not want this connection; another try would end the same way.</summary>
internal sealed class PaperRefusedException(string message) : Exception(message);
