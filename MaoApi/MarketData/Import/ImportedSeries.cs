namespace MaoApi.MarketData.Import;

/// <summary>What became of a ticker's bars.</summary>
/// <param name="TickerId">Its key.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="TimeFrame">Seconds of a bar.</param>
/// <param name="Added">Bars that were not known.</param>
/// <param name="Corrected">Bars that took the place of other values.</param>
/// <param name="Unchanged">Bars that were known as they are.</param>
internal sealed record ImportedSeries(int TickerId, string Symbol, int TimeFrame, int Added, int Corrected, int Unchanged);
