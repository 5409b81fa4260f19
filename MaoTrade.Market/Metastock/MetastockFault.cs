namespace MaoTrade.Market.Metastock;

/// <summary>Something wrong in a file that did not stop the rest.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Row">Number of the row, the first is 1; 0 when it concerns the whole file.</param>
/// <param name="Message">What is wrong.</param>
public sealed record MetastockFault(string File, int Row, string Message);
