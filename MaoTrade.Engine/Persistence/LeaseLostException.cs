namespace MaoTrade.Engine.Persistence;

/// <summary>Another process holds the account: this one must end, and nothing of its last commit happened.</summary>
public sealed class LeaseLostException() : Exception("another engine holds the account");
