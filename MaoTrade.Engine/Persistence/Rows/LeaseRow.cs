namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>Who may trade the account: one row, beaten by its holder.</summary>
public sealed class LeaseRow
{
    public int Id { get; set; }

    /// <summary>Token of the holding process; empty = free.</summary>
    public required string Holder { get; set; }

    /// <summary>Identity of the folder whose lock the holder holds.</summary>
    public required string Folder { get; set; }

    /// <summary>Grows while the holder lives.</summary>
    public long Beat { get; set; }
}
