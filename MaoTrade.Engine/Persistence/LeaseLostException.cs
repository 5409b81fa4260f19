namespace MaoTrade.Engine.Persistence;

/// <summary>Another process holds the account, or may hold it: this one must end, and nothing of its last commit happened.</summary>
public sealed class LeaseLostException(string reason = "another engine holds the account", Exception? inner = null) : Exception(reason, inner);
