using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Models;

/// <summary>A model and the file it was read from.</summary>
/// <param name="Path">Where the file lies.</param>
/// <param name="Model">What it holds.</param>
public sealed record LoadedModel(string Path, TrainedModel Model);
