namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A key of a system's datastore.</summary>
public sealed class SystemStoreRow
{
    public required string SignalId { get; set; }

    public required string Key { get; set; }

    public required string Value { get; set; }
}
