namespace MaoApi.MarketData.Import;

/// <summary>Something that was not imported.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Row">Number of the row or line, the first is 1; 0 when it concerns the whole file.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record ImportFault(string File, int Row, string Message);
