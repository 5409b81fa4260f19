namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>The one row of account figures, as JSON; written with every commit.</summary>
public sealed class AccountRow
{
    public int Id { get; set; }

    public required string Document { get; set; }
}
