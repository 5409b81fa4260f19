namespace MaoTrade.Engine.Trading;

/// <summary>The store did not take a commit: nothing of it happened, or with <see cref="Persistence.CommitUnknownException"/> all of it.</summary>
public sealed class StoreLostException(Exception cause) : Exception($"The store does not answer: {cause.Message}", cause);
