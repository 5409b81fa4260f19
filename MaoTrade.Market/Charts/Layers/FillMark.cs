namespace MaoTrade.Market.Charts.Layers;

/// <summary>A fill in a chart.</summary>
/// <param name="Bar">Its bar.</param>
/// <param name="Price">Its price.</param>
/// <param name="IsBuy">Bought or sold.</param>
/// <param name="Text">What is told of it.</param>
public readonly record struct FillMark(int Bar, double Price, bool IsBuy, string Text);
