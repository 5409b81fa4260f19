namespace MaoTrade.Engine.Persistence;

/// <summary>This program must not use the database as it is, and waiting does not help: a person is needed.</summary>
public sealed class StoreRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
