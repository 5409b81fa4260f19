using MaoTrade.Engine.Systems;

namespace MaoTrade.Engine.Trading.Inputs;

/// <summary>Plug-ins changed: another catalogue of systems is in use.</summary>
public sealed record CatalogInput(SystemCatalog Catalog) : TradeInput;
