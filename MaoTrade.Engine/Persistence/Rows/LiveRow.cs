namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>Where the numbers of live changes begin: one row, higher with each session.</summary>
public sealed class LiveRow
{
    public int Id { get; set; }

    public long First { get; set; }
}
