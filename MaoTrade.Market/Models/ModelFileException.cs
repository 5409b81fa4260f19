namespace MaoTrade.Market.Models;

/// <summary>A file cannot be used as a model.</summary>
/// <param name="fault">What is wrong with it, and where.</param>
public sealed class ModelFileException(string fault) : Exception(fault);
