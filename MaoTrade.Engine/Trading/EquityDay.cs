namespace MaoTrade.Engine.Trading;

/// <summary>Equity of one trading day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Start">First equity seen.</param>
/// <param name="Peak">Highest equity seen.</param>
public sealed record EquityDay(DateOnly Date, decimal Start, decimal Peak)
{
    /// <summary>The day after another figure; a later day starts anew.</summary>
    public static EquityDay After(EquityDay? day, DateOnly date, decimal equity) =>
        day is null || day.Date < date ? new EquityDay(date, equity, equity) : equity > day.Peak ? day with { Peak = equity } : day;
}
