using System.Data.Common;

namespace MaoTrade.Engine.Persistence;

/// <summary>A commit was sent and its answer was lost: it happened whole, or not at all. The store says which when it answers again.</summary>
public sealed class CommitUnknownException(Exception cause) : DbException($"the answer to a commit was lost: {cause.Message}", cause);
